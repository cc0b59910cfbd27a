package io.glulam.page.codec;

/**
 * The beginning of a ZSTD frame as a frame of its own: its first blocks, the last of them marked as the last, under a
 * header without size and checksum (RFC 8878, section 3.1.1). The native library unpacks whole frames only, unless it
 * keeps a window of its own. Reusable; not thread-safe.
 */
public final class ZstdStart {
    /** No block unpacks to more bytes. */
    public static final int MAX_BLOCK = 128 << 10;

    private static final int MAGIC = 0xFD2FB528;
    private static final int HEADER = 6;
    private static final int BLOCK_HEADER = 3;
    private static final int BLOCK_RLE = 1;
    private static final int MIN_WINDOW_LOG = 10;
    private static final int SINGLE_SEGMENT = 0b10_0000;
    /** A dictionary, or the bit that is reserved. */
    private static final int UNUSUAL = 0b1011;

    private byte[] frame = {};
    private int length;
    private boolean complete;

    /** Its bytes, {@link #length} of them. */
    public byte[] frame() {
        return frame;
    }

    public int length() {
        return length;
    }

    /** Whether it has all blocks of the original. */
    public boolean isComplete() {
        return complete;
    }

    /**
     * Takes the first {@code count} blocks of the frame in {@code source[from, to)}.
     *
     * @return how many were taken: fewer if the frame, or what is at hand of it, has no more; 0 if it is no frame, or
     *     one that needs a dictionary
     */
    public int take(byte[] source, int from, int to, int count) {
        length = 0;
        complete = false;
        if (to - from < HEADER || (int) StartBytes.number(source, from, Integer.BYTES) != MAGIC) {
            return 0;
        }
        int descriptor = source[from + 4] & 0xff;
        boolean single = (descriptor & SINGLE_SEGMENT) != 0;
        int sizeBytes = descriptor >>> 6 == 0 ? (single ? 1 : 0) : 1 << (descriptor >>> 6);
        int position = from + 5;
        if ((descriptor & UNUSUAL) != 0 || sizeBytes + 1 > to - position) {
            return 0;
        }
        byte window = single ? windowOf(contentSize(source, position, sizeBytes)) : source[position++];
        return takeBlocks(source, position + sizeBytes, to, count, window);
    }

    private int takeBlocks(byte[] source, int from, int to, int count, byte window) {
        int position = from;
        int last = -1;
        int taken = 0;
        while (taken < count && !complete && to - position >= BLOCK_HEADER) {
            int header = (int) StartBytes.number(source, position, BLOCK_HEADER);
            int size = (header >>> 1 & 3) == BLOCK_RLE ? 1 : header >>> 3;
            if (size > to - position - BLOCK_HEADER) {
                break;
            }
            last = position;
            position += BLOCK_HEADER + size;
            complete = (header & 1) != 0;
            taken++;
        }
        if (taken > 0) {
            assemble(source, from, position, last, window);
        }
        return taken;
    }

    private void assemble(byte[] source, int from, int to, int last, byte window) {
        length = HEADER + to - from;
        if (frame.length < length) {
            frame = new byte[Math.max(length, Math.min(2 * frame.length, 1 << 20))];
        }
        for (int i = 0; i < Integer.BYTES; i++) {
            frame[i] = (byte) (MAGIC >>> 8 * i);
        }
        frame[4] = 0;
        frame[5] = window;
        System.arraycopy(source, from, frame, HEADER, to - from);
        frame[HEADER + last - from] |= 1;
    }

    private static long contentSize(byte[] source, int from, int bytes) {
        return StartBytes.number(source, from, bytes) + (bytes == Short.BYTES ? 256 : 0);
    }

    /** The descriptor of the smallest window of a power of two that holds so many bytes. */
    private static byte windowOf(long size) {
        int log = 64 - Long.numberOfLeadingZeros(Math.max(1, size - 1));
        return (byte) (Math.max(0, log - MIN_WINDOW_LOG) << 3);
    }
}
