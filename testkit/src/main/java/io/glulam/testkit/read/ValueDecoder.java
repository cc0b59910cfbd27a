package io.glulam.testkit.read;

import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.Type;

/** Decodes the value section of data and dictionary pages of one column chunk. Not thread-safe: keeps chunk state. */
final class ValueDecoder {
    private final Type type;
    private final int fixedWidth;
    private Values dictionary;
    // parquet-mr before 1.8 lets a DELTA_BYTE_ARRAY page build on the last value of the page before (PARQUET-246).
    private byte[] lastOfPreviousPage = new byte[0];

    ValueDecoder(Type type, int typeLength) {
        this.type = type;
        this.fixedWidth = switch (type) {
            case BOOLEAN -> 1;
            case INT32, FLOAT -> 4;
            case INT64, DOUBLE -> 8;
            case INT96 -> 12;
            case FIXED_LEN_BYTE_ARRAY -> typeLength;
            case BYTE_ARRAY -> -1;
        };
        if (type == Type.FIXED_LEN_BYTE_ARRAY && typeLength < 0) {
            throw new MalformedFile("FIXED_LEN_BYTE_ARRAY of length " + typeLength);
        }
    }

    void setDictionary(ByteCursor body, int count) {
        dictionary = plain(body, count);
    }

    Values decode(Encoding encoding, ByteCursor body, int count) {
        if (count == 0) {
            return Values.empty();
        }
        return switch (encoding) {
            case PLAIN -> plain(body, count);
            case PLAIN_DICTIONARY, RLE_DICTIONARY -> fromDictionary(body, count);
            case RLE -> runLengths(body, count);
            case DELTA_BINARY_PACKED -> deltas(body, count);
            case DELTA_LENGTH_BYTE_ARRAY -> lengthsThenBytes(body, count);
            case DELTA_BYTE_ARRAY -> prefixes(body, count);
            case BYTE_STREAM_SPLIT -> byteStreams(body, count);
            case BIT_PACKED -> throw new MalformedFile("BIT_PACKED is an encoding of levels, not of values");
        };
    }

    private Values plain(ByteCursor body, int count) {
        Values.Builder values = new Values.Builder(Math.min(count, body.remaining() * 8 + 1));
        if (type == Type.BOOLEAN) {
            ByteCursor bits = body.take((count + 7) / 8);
            for (int i = 0; i < count; i++) {
                values.addNumber(Bits.leastSignificantFirst(bits.array(), 8L * bits.position() + i, 1), 1);
            }
            return values.build();
        }
        for (int i = 0; i < count; i++) {
            ByteCursor value = body.take(type == Type.BYTE_ARRAY ? body.nextInt() : fixedWidth);
            values.add(value.array(), value.position(), value.position() + value.remaining());
        }
        return values.build();
    }

    private Values fromDictionary(ByteCursor body, int count) {
        if (dictionary == null) {
            throw new MalformedFile("page of dictionary indices without a dictionary page before it");
        }
        int width = body.nextByte();
        int[] indices = RunLengthDecoder.decode(body, width, count);
        Values.Builder values = new Values.Builder(count);
        for (int index : indices) {
            if (index < 0 || index >= dictionary.count()) {
                throw new MalformedFile(
                        "dictionary index " + Integer.toUnsignedString(index) + " of " + dictionary.count());
            }
            values.add(dictionary, index);
        }
        return values.build();
    }

    private Values runLengths(ByteCursor body, int count) {
        if (type != Type.BOOLEAN) {
            throw new MalformedFile("RLE values of type " + type);
        }
        ByteCursor runs = body.take(body.nextInt());
        Values.Builder values = new Values.Builder(count);
        for (int bit : RunLengthDecoder.decode(runs, 1, count)) {
            if (bit > 1) {
                throw new MalformedFile("boolean run of " + bit);
            }
            values.addNumber(bit, 1);
        }
        return values.build();
    }

    private Values deltas(ByteCursor body, int count) {
        if (type != Type.INT32 && type != Type.INT64) {
            throw new MalformedFile("DELTA_BINARY_PACKED values of type " + type);
        }
        long[] numbers = atLeast(count, DeltaDecoder.decode(body));
        Values.Builder values = new Values.Builder(count);
        for (int i = 0; i < count; i++) {
            values.addNumber(numbers[i], fixedWidth);
        }
        return values.build();
    }

    private Values lengthsThenBytes(ByteCursor body, int count) {
        if (type != Type.BYTE_ARRAY && type != Type.FIXED_LEN_BYTE_ARRAY) {
            throw new MalformedFile("byte array encoding of type " + type);
        }
        long[] lengths = atLeast(count, DeltaDecoder.decode(body));
        Values.Builder values = new Values.Builder(count);
        for (int i = 0; i < count; i++) {
            ByteCursor value = body.take(checkedLength(lengths[i]));
            values.add(value.array(), value.position(), value.position() + value.remaining());
        }
        return values.build();
    }

    private Values prefixes(ByteCursor body, int count) {
        long[] prefixLengths = atLeast(count, DeltaDecoder.decode(body));
        Values suffixes = lengthsThenBytes(body, count);
        Values.Builder values = new Values.Builder(count);
        byte[] previous = lastOfPreviousPage;
        for (int i = 0; i < count; i++) {
            int prefix = checkedLength(prefixLengths[i]);
            if (prefix > previous.length) {
                throw new MalformedFile("prefix of " + prefix + " bytes of a value of " + previous.length);
            }
            byte[] suffix = suffixes.get(i);
            byte[] value = new byte[Math.addExact(prefix, suffix.length)];
            System.arraycopy(previous, 0, value, 0, prefix);
            System.arraycopy(suffix, 0, value, prefix, suffix.length);
            if (type == Type.FIXED_LEN_BYTE_ARRAY && value.length != fixedWidth) {
                throw new MalformedFile("value of " + value.length + " bytes instead of " + fixedWidth);
            }
            values.add(value, 0, value.length);
            previous = value;
        }
        lastOfPreviousPage = previous;
        return values.build();
    }

    private Values byteStreams(ByteCursor body, int count) {
        if (fixedWidth < 0 || type == Type.BOOLEAN || type == Type.INT96) {
            throw new MalformedFile("BYTE_STREAM_SPLIT values of type " + type);
        }
        if (fixedWidth > 0 && body.remaining() % fixedWidth != 0) {
            throw new MalformedFile(body.remaining() + " bytes of streams for values of " + fixedWidth);
        }
        // Other readers go by the bytes, too, where a page has more of them than values.
        int length = fixedWidth == 0 ? 0 : body.remaining() / fixedWidth;
        if (length < count && fixedWidth > 0) {
            throw new MalformedFile("byte streams of " + length + " values instead of " + count);
        }
        ByteCursor streams = body.take(Math.multiplyExact(length, fixedWidth));
        byte[] value = new byte[fixedWidth];
        Values.Builder values = new Values.Builder(count);
        for (int i = 0; i < count; i++) {
            for (int b = 0; b < fixedWidth; b++) {
                value[b] = streams.array()[streams.position() + b * length + i];
            }
            values.add(value, 0, fixedWidth);
        }
        return values.build();
    }

    private static long[] atLeast(int count, long[] numbers) {
        if (numbers.length < count) {
            throw new MalformedFile("delta sequence of " + numbers.length + " numbers for " + count + " values");
        }
        return numbers;
    }

    private static int checkedLength(long length) {
        if (length < 0 || length > Integer.MAX_VALUE) {
            throw new MalformedFile("length " + length);
        }
        return (int) length;
    }
}
