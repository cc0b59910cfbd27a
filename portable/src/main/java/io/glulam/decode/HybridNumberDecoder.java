package io.glulam.decode;

import io.glulam.error.CorruptFile;
import io.glulam.error.Place;
import java.util.Arrays;

/**
 * The specification's RLE/bit-packing hybrid, as many numbers at a time as are asked for, so that a run's claimed length
 * costs nothing. The last bit-packed run may lack bytes of its padding; runs without values are passed over. Apart from
 * the decoder of the same encoding in {@code page}, whose work this one checks.
 */
final class HybridNumberDecoder extends SmallNumberDecoder {
    private final byte[] bytes;
    private final int to;
    private final int width;
    private int position;
    private long runLeft;
    private boolean packed;
    private int repeated;
    private long bit;

    /** @param width bits of a number, 0 to 32 */
    HybridNumberDecoder(byte[] bytes, int from, int to, int width) {
        if (width < 0 || width > 32) {
            throw new CorruptFile(Place.UNKNOWN, "numbers of " + width + " bits");
        }
        this.bytes = bytes;
        this.position = from;
        this.to = to;
        this.width = width;
    }

    @Override
    void read(int[] target, int from, int count) {
        int at = from;
        int end = from + count;
        while (at < end) {
            while (runLeft == 0) {
                startRun();
            }
            int taken = (int) Math.min(runLeft, end - at);
            if (packed) {
                unpack(target, at, taken);
            } else {
                Arrays.fill(target, at, at + taken, repeated);
            }
            runLeft -= taken;
            at += taken;
        }
    }

    @Override
    int zeros(int count) {
        int zeros = 0;
        int left = count;
        while (left > 0) {
            while (runLeft == 0) {
                startRun();
            }
            int taken = (int) Math.min(runLeft, left);
            if (packed) {
                checkBits(taken);
                zeros += BitUnpacker.zeros(bytes, bit, width, taken);
                bit += (long) taken * width;
            } else if (repeated == 0) {
                zeros += taken;
            }
            runLeft -= taken;
            left -= taken;
        }
        return zeros;
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

    private void unpack(int[] target, int from, int count) {
        checkBits(count);
        BitUnpacker.unpack(bytes, bit, width, target, from, count);
        bit += (long) count * width;
    }

    private void checkBits(int count) {
        if (bit + (long) count * width > (long) to << 3) {
            throw exhausted();
        }
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
