package io.glulam.decode;

import io.glulam.error.CorruptFile;
import io.glulam.error.Place;

/**
 * The specification's RLE/bit-packing hybrid, a number at a time, so that a run's claimed length costs nothing. The last
 * bit-packed run may lack bytes of its padding; runs without values are passed over.
 */
final class HybridReader extends RunReader {
    private final byte[] bytes;
    private final int to;
    private final int width;
    private final int mask;
    private int position;
    private long runLeft;
    private boolean packed;
    private int repeated;
    private long bit;

    /** @param width bits of a number, 0 to 32 */
    HybridReader(byte[] bytes, int from, int to, int width) {
        if (width < 0 || width > 32) {
            throw new CorruptFile(Place.UNKNOWN, "numbers of " + width + " bits");
        }
        this.bytes = bytes;
        this.position = from;
        this.to = to;
        this.width = width;
        this.mask = width == 32 ? -1 : (1 << width) - 1;
    }

    @Override
    int next() {
        while (runLeft == 0) {
            startRun();
        }
        runLeft--;
        return packed ? unpack() : repeated;
    }

    private void startRun() {
        long header = readVarint();
        packed = (header & 1) != 0;
        if (packed) {
            runLeft = (header >>> 1) * 8;
            bit = (long) position << 3;
            long end = position + (header >>> 1) * width;
            position = (int) Math.min(end, to);
        } else {
            runLeft = header >>> 1;
            repeated = 0;
            for (int shift = 0; shift < width; shift += 8) {
                repeated |= (nextByte() & 0xff) << shift;
            }
        }
    }

    private int unpack() {
        if (bit + width > (long) to << 3) {
            throw exhausted();
        }
        int at = (int) (bit >>> 3);
        int shift = (int) bit & 7;
        long window = 0;
        for (int i = 0; i << 3 < shift + width; i++) {
            window |= (bytes[at + i] & 0xffL) << (i << 3);
        }
        bit += width;
        return (int) (window >>> shift) & mask;
    }

    private long readVarint() {
        long value = 0;
        for (int shift = 0; shift < 35; shift += 7) {
            byte next = nextByte();
            value |= (next & 0x7fL) << shift;
            if (next >= 0) {
                return value & 0xffff_ffffL;
            }
        }
        throw new CorruptFile(Place.UNKNOWN, "a run header of more than five bytes");
    }

    private byte nextByte() {
        if (position >= to) {
            throw exhausted();
        }
        return bytes[position++];
    }
}
