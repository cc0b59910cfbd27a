package io.glulam.wasm;

import io.glulam.format.CompressionCodec;
import io.glulam.page.codec.CheckedCodec;
import io.glulam.page.codec.SnappyStart;
import java.io.IOException;

/** SNAPPY in plain Java: the raw block format (google/snappy, format_description.txt), packed to the native library's bytes. */
final class JavaSnappy extends CheckedCodec {
    private static final int LITERAL = 0;
    private static final int SHORT_COPY = 1;
    private static final int COPY = 2;
    private static final int LONG_LITERAL = 60;

    private final SnappyPacker packer = new SnappyPacker();

    JavaSnappy() {
        super(CompressionCodec.SNAPPY);
    }

    @Override
    protected int unpack(byte[] source, int from, int length, byte[] target, int targetFrom, int room)
            throws IOException {
        int end = from + length;
        int position = from;
        int claimed = 0;
        int shift = 0;
        while (true) {
            if (position == end || shift > 28) {
                throw new IOException("its length is cut off");
            }
            int next = source[position++];
            claimed |= (next & 0x7f) << shift;
            if (next >= 0) {
                break;
            }
            shift += 7;
        }
        if (claimed != room) {
            throw corrupt("claims " + Integer.toUnsignedString(claimed) + " bytes, expected " + room, null);
        }
        return unpackElements(source, position, end, target, targetFrom, room);
    }

    private static int unpackElements(byte[] source, int from, int end, byte[] target, int targetFrom, int room)
            throws IOException {
        int position = from;
        int unpacked = 0;
        while (position < end) {
            int tag = source[position++] & 0xff;
            int kind = tag & 3;
            int operandBytes = kind == LITERAL
                    ? Math.max(0, (tag >>> 2) - LONG_LITERAL + 1)
                    : kind == SHORT_COPY ? 1 : kind == COPY ? 2 : 4;
            if (operandBytes > end - position) {
                throw new IOException("it is cut off");
            }
            long operand = 0;
            for (int i = 0; i < operandBytes; i++) {
                operand |= (source[position++] & 0xffL) << 8 * i;
            }
            long length = kind == LITERAL
                    ? 1 + (operandBytes == 0 ? tag >>> 2 : operand)
                    : kind == SHORT_COPY ? (tag >>> 2 & 7) + 4 : (tag >>> 2) + 1;
            if (length > room - unpacked) {
                throw new IOException("it unpacks to more bytes");
            }
            int count = (int) length;
            if (kind == LITERAL) {
                if (count > end - position) {
                    throw new IOException("it is cut off");
                }
                System.arraycopy(source, position, target, targetFrom + unpacked, count);
                position += count;
            } else {
                long offset = kind == SHORT_COPY ? operand | (tag >>> 5) << 8 : operand;
                if (offset == 0 || offset > unpacked) {
                    throw new IOException("it copies from " + offset + " bytes before byte " + unpacked);
                }
                Copies.copy(target, targetFrom + unpacked, (int) offset, count);
            }
            unpacked += count;
        }
        return unpacked;
    }

    @Override
    protected int unpackStart(byte[] source, int from, int length, byte[] target, int targetFrom, int wanted)
            throws IOException {
        return SnappyStart.unpack(source, from, from + length, target, targetFrom, wanted);
    }

    /** A literal of 65,536 bytes has a head of 3 bytes, and a copy saves at least a byte of what it stands for. */
    @Override
    public int maxCompressedLength(int length) {
        return Math.addExact(length, length / 6 + 32);
    }

    @Override
    protected int pack(byte[] source, int from, int length, byte[] target, int targetFrom) {
        int out = writeLength(target, targetFrom, length);
        return packer.pack(source, from, length, target, out) - targetFrom;
    }

    private static int writeLength(byte[] target, int from, int length) {
        int out = from;
        int rest = length;
        while (rest > 0x7f) {
            target[out++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        target[out++] = (byte) rest;
        return out;
    }
}
