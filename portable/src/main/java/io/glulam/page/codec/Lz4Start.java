package io.glulam.page.codec;

import java.io.IOException;

/**
 * Unpacks the beginning of an LZ4 block (lz4_Block_format.md): the native library unpacks whole blocks only. Stateless.
 */
public final class Lz4Start {
    private static final int MIN_MATCH = 4;
    private static final int EXTENDED = 15;

    private final byte[] source;
    private final int to;
    private int position;

    private Lz4Start(byte[] source, int from, int to) {
        this.source = source;
        this.position = from;
        this.to = to;
    }

    /**
     * Unpacks at most {@code wanted} bytes; gives their number, which is smaller where the source ends earlier.
     *
     * @param to end of the bytes at hand
     */
    public static int unpack(byte[] source, int from, int to, byte[] target, int targetFrom, int wanted)
            throws IOException {
        return new Lz4Start(source, from, to).unpack(target, targetFrom, wanted);
    }

    private int unpack(byte[] target, int targetFrom, int wanted) throws IOException {
        int unpacked = 0;
        while (unpacked < wanted && position < to) {
            int token = source[position++] & 0xff;
            long literals = length(token >>> 4);
            int taken = (int) Math.min(Math.min(literals, wanted - unpacked), to - position);
            System.arraycopy(source, position, target, targetFrom + unpacked, taken);
            unpacked += taken;
            position += taken;
            if (unpacked == wanted || to - position < Short.BYTES) {
                break;
            }
            int offset = (int) StartBytes.number(source, position, Short.BYTES);
            position += Short.BYTES;
            if (offset == 0 || offset > unpacked) {
                throw new IOException("it copies from " + offset + " bytes before byte " + unpacked);
            }
            long match = length(token & EXTENDED) + MIN_MATCH;
            taken = (int) Math.min(match, wanted - unpacked);
            StartBytes.copy(target, targetFrom + unpacked, offset, taken);
            unpacked += taken;
        }
        return unpacked;
    }

    /** A length of {@link #EXTENDED} goes on in the bytes that follow; where they end early, so does what is unpacked. */
    private long length(int nibble) {
        long length = nibble;
        if (nibble == EXTENDED) {
            int next = 0xff;
            while (next == 0xff && position < to) {
                next = source[position++] & 0xff;
                length += next;
            }
        }
        return length;
    }
}
