package io.glulam.testkit.bytes;

import io.glulam.testkit.read.Values;
import java.util.Arrays;
import java.util.Random;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.Type;

/** Encodes raw values, except for dictionary indices. */
final class ValueEncoder {
    private final Type type;
    private final Random random;

    ValueEncoder(Type type, Random random) {
        this.type = type;
        this.random = random;
    }

    byte[] encode(Encoding encoding, Values values, RunStyle style) {
        return switch (encoding) {
            case PLAIN -> plain(values);
            case RLE -> runs(values, style);
            case DELTA_BINARY_PACKED -> DeltaWriter.write(numbers(values), type == Type.INT32, random);
            case DELTA_LENGTH_BYTE_ARRAY -> lengthsThenBytes(values);
            case DELTA_BYTE_ARRAY -> prefixes(values);
            case BYTE_STREAM_SPLIT -> streams(values);
            default -> throw new IllegalArgumentException("not an encoding of values: " + encoding);
        };
    }

    byte[] plain(Values values) {
        ByteSink out = new ByteSink();
        if (type == Type.BOOLEAN) {
            return out.putPacked(numbers(values), 1).bytes();
        }
        for (int i = 0; i < values.count(); i++) {
            if (type == Type.BYTE_ARRAY) {
                out.putLittleEndian(values.length(i), 4);
            }
            out.put(values.get(i));
        }
        return out.bytes();
    }

    private byte[] runs(Values values, RunStyle style) {
        int[] bits = Arrays.stream(numbers(values)).mapToInt(bit -> (int) bit).toArray();
        byte[] runs = RunWriter.write(bits, 1, style, random);
        return new ByteSink().putLittleEndian(runs.length, 4).put(runs).bytes();
    }

    private long[] numbers(Values values) {
        long[] numbers = new long[values.count()];
        for (int i = 0; i < numbers.length; i++) {
            byte[] bytes = values.get(i);
            for (int b = 0; b < bytes.length; b++) {
                numbers[i] |= (bytes[b] & 0xffL) << (8 * b);
            }
            numbers[i] = bytes.length == 4 ? (int) numbers[i] : numbers[i];
        }
        return numbers;
    }

    private byte[] lengthsThenBytes(Values values) {
        long[] lengths = new long[values.count()];
        ByteSink bytes = new ByteSink();
        for (int i = 0; i < lengths.length; i++) {
            lengths[i] = values.length(i);
            bytes.put(values.get(i));
        }
        return new ByteSink()
                .put(DeltaWriter.write(lengths, true, random))
                .put(bytes.bytes())
                .bytes();
    }

    private byte[] prefixes(Values values) {
        long[] prefixes = new long[values.count()];
        Values.Builder suffixes = new Values.Builder(values.count());
        byte[] previous = new byte[0];
        for (int i = 0; i < prefixes.length; i++) {
            byte[] value = values.get(i);
            int mismatch = Arrays.mismatch(previous, value);
            int prefix = mismatch < 0 ? value.length : mismatch;
            prefixes[i] = prefix;
            suffixes.add(value, prefix, value.length);
            previous = value;
        }
        return new ByteSink()
                .put(DeltaWriter.write(prefixes, true, random))
                .put(lengthsThenBytes(suffixes.build()))
                .bytes();
    }

    private static byte[] streams(Values values) {
        int width = values.count() == 0 ? 0 : values.length(0);
        byte[] out = new byte[width * values.count()];
        for (int i = 0; i < values.count(); i++) {
            byte[] value = values.get(i);
            for (int b = 0; b < width; b++) {
                out[b * values.count() + i] = value[b];
            }
        }
        return out;
    }
}
