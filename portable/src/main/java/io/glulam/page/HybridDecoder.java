package io.glulam.page;

import io.glulam.error.CorruptFile;
import io.glulam.error.Place;

/**
 * Decodes the RLE/bit-packing hybrid (the specification's {@code RLE} encoding) of levels and dictionary indices. Takes
 * exactly the number of values asked for: runs may overrun it, and the padding of the last bit-packed group may be
 * garbage or cut off. Stateless.
 */
public final class HybridDecoder {
    private HybridDecoder() {}

    /** The receiver of the runs of a stream. */
    private interface Runs {
        void repeated(int value, int count);

        void packed(byte[] source, int from, int count);
    }

    /**
     * Decodes {@code count} values of {@code width} bits from {@code source[from, to)} into {@code target}.
     *
     * @throws CorruptFile if the stream holds fewer values, or is malformed
     */
    public static void decode(byte[] source, int from, int to, int width, int[] target, int targetFrom, int count) {
        walk(source, from, to, width, count, new Runs() {
            private int at = targetFrom;

            @Override
            public void repeated(int value, int length) {
                java.util.Arrays.fill(target, at, at + length, value);
                at += length;
            }

            @Override
            public void packed(byte[] bytes, int start, int length) {
                PackedValues.unpack(bytes, start, width, target, at, length);
                at += length;
            }
        });
    }

    /** How many of the first {@code count} values equal {@code wanted}; nothing is materialised. */
    public static int count(byte[] source, int from, int to, int width, int count, int wanted) {
        int[] found = new int[1];
        walk(source, from, to, width, count, new Runs() {
            @Override
            public void repeated(int value, int length) {
                if (value == wanted) {
                    found[0] += length;
                }
            }

            @Override
            public void packed(byte[] bytes, int start, int length) {
                found[0] += PackedValues.countEqual(bytes, start, width, length, wanted);
            }
        });
        return found[0];
    }

    private static void walk(byte[] source, int from, int to, int width, int count, Runs runs) {
        if (width < 0 || width > 32) {
            throw new CorruptFile(Place.UNKNOWN, "values of " + width + " bits");
        }
        int position = from;
        int left = count;
        int valueBytes = (width + 7) >>> 3;
        while (left > 0) {
            long header = 0;
            int shift = 0;
            byte next;
            do {
                if (position >= to || shift > 28) {
                    throw cutOff(left, count);
                }
                next = source[position++];
                header |= (long) (next & 0x7f) << shift;
                shift += 7;
            } while (next < 0);
            long length = header >>> 1;
            if ((header & 1) == 0) {
                // A repeated run without values still has its value's bytes.
                if (to - position < valueBytes) {
                    throw cutOff(left, count);
                }
                int value = littleEndian(source, position, valueBytes);
                if (width < 32 && value >>> width != 0) {
                    throw new CorruptFile(Place.UNKNOWN, "a run of value " + value + ", wider than " + width + " bits");
                }
                position += valueBytes;
                int taken = (int) Math.min(left, length);
                runs.repeated(value, taken);
                left -= taken;
            } else {
                int taken = (int) Math.min(left, length << 3);
                long needed = ((long) taken * width + 7) >>> 3;
                if (to - position < needed) {
                    throw cutOff(left, count);
                }
                runs.packed(source, position, taken);
                left -= taken;
                position = (int) Math.min(to, position + length * width);
            }
        }
    }

    private static CorruptFile cutOff(int left, int count) {
        return new CorruptFile(Place.UNKNOWN, "an RLE stream that ends " + left + " of " + count + " values early");
    }

    private static int littleEndian(byte[] source, int from, int count) {
        int value = 0;
        for (int i = 0; i < count; i++) {
            value |= (source[from + i] & 0xff) << (8 * i);
        }
        return value;
    }
}
