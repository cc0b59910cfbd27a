package io.glulam.page.codec;

import java.io.IOException;

/**
 * Unpacks the beginning of a raw SNAPPY block (google/snappy, format_description.txt): the native library unpacks whole
 * blocks only. Stateless.
 */
public final class SnappyStart {
    private static final int LITERAL = 0;
    private static final int SHORT_COPY = 1;
    private static final int COPY = 2;
    /** From this on, what stands for a literal's length is the number of bytes after the tag that hold it. */
    private static final int LONG_LITERAL = 60;

    private SnappyStart() {}

    /**
     * Unpacks at most {@code wanted} bytes; gives their number, which is smaller where the source ends earlier.
     *
     * @param to end of the bytes at hand
     */
    public static int unpack(byte[] source, int from, int to, byte[] target, int targetFrom, int wanted)
            throws IOException {
        int position = skipLength(source, from, to);
        int unpacked = 0;
        while (unpacked < wanted && position < to) {
            int tag = source[position++] & 0xff;
            int kind = tag & 3;
            int operandBytes = kind == LITERAL
                    ? Math.max(0, (tag >>> 2) - LONG_LITERAL + 1)
                    : kind == SHORT_COPY ? 1 : kind == COPY ? 2 : 4;
            if (operandBytes > to - position) {
                break;
            }
            long operand = StartBytes.number(source, position, operandBytes);
            position += operandBytes;
            if (kind == LITERAL) {
                long length = 1 + (operandBytes == 0 ? tag >>> 2 : operand);
                int taken = (int) Math.min(Math.min(length, wanted - unpacked), to - position);
                System.arraycopy(source, position, target, targetFrom + unpacked, taken);
                unpacked += taken;
                position += taken;
            } else {
                long offset = kind == SHORT_COPY ? operand | (tag >>> 5) << 8 : operand;
                if (offset == 0 || offset > unpacked) {
                    throw new IOException("it copies from " + offset + " bytes before byte " + unpacked);
                }
                int length = kind == SHORT_COPY ? (tag >>> 2 & 7) + 4 : (tag >>> 2) + 1;
                int taken = Math.min(length, wanted - unpacked);
                StartBytes.copy(target, targetFrom + unpacked, (int) offset, taken);
                unpacked += taken;
            }
        }
        return unpacked;
    }

    /** The position after the block's uncompressed length, a varint. */
    private static int skipLength(byte[] source, int from, int to) {
        int position = from;
        while (position < to && source[position] < 0) {
            position++;
        }
        return position + 1;
    }
}
