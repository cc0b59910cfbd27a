package io.glulam.adapt;

import io.glulam.error.CorruptFile;
import io.glulam.error.Place;
import io.glulam.format.Encoding;
import io.glulam.page.BitWidth;
import io.glulam.page.ByteArrayBuilder;
import io.glulam.page.HybridDecoder;
import io.glulam.page.HybridEncoder;

/** The levels of one kind of a page, decoded. Reused from page to page; not thread-safe. */
final class PageLevels {
    private int[] values = new int[1024];
    private int count;

    int count() {
        return count;
    }

    int get(int index) {
        return values[index];
    }

    void clear() {
        count = 0;
    }

    void add(int level) {
        reserve(count + 1);
        values[count++] = level;
    }

    /** Adds a level several times. */
    void add(int level, int times) {
        reserve(count + times);
        java.util.Arrays.fill(values, count, count + times, level);
        count += times;
    }

    private void reserve(int size) {
        if (values.length < size) {
            values = java.util.Arrays.copyOf(values, Math.max(size, values.length * 2));
        }
    }

    /**
     * Reads the levels of a page.
     *
     * @param max the column's highest level; if it is 0, the page has none and all are 0
     * @param encoding Thrift value of the levels' encoding
     * @throws CorruptFile if there are fewer, or one is too high
     */
    void read(byte[] body, int from, int length, int encoding, int max, int levels) {
        reserve(levels);
        count = levels;
        if (max == 0) {
            java.util.Arrays.fill(values, 0, levels, 0);
            return;
        }
        int width = BitWidth.of(max);
        if (encoding == Encoding.BIT_PACKED.value()) {
            readBitPacked(body, from, width);
        } else {
            HybridDecoder.decode(body, from, from + length, width, values, 0, levels);
        }
        for (int i = 0; i < levels; i++) {
            if (values[i] > max) {
                throw new CorruptFile(
                        Place.UNKNOWN, "a level of " + values[i] + " in a column whose highest is " + max);
            }
        }
    }

    /** From the most significant bit on, without runs; the length was checked when the body was divided. */
    private void readBitPacked(byte[] body, int from, int width) {
        long bit = (long) from << 3;
        for (int i = 0; i < count; i++) {
            int level = 0;
            for (int k = 0; k < width; k++, bit++) {
                level = level << 1 | body[(int) (bit >>> 3)] >>> 7 - (int) (bit & 7) & 1;
            }
            values[i] = level;
        }
    }

    /** Replaces each level by what the map has for it. */
    void map(int[] map) {
        for (int i = 0; i < count; i++) {
            values[i] = map[values[i]];
        }
    }

    int countEqual(int level) {
        int found = 0;
        for (int i = 0; i < count; i++) {
            found += values[i] == level ? 1 : 0;
        }
        return found;
    }

    /** Returns how many levels there are of each, from 0 to {@code max}. */
    long[] histogram(int max) {
        long[] histogram = new long[max + 1];
        for (int i = 0; i < count; i++) {
            histogram[values[i]]++;
        }
        return histogram;
    }

    /** Adds what a {@link #histogram} has of each level to a sum. */
    static void addHistogram(long[] more, long[] sum) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += more[i];
        }
    }

    /**
     * Appends the levels in encoding RLE, without length. Levels that are all the same are one run, however few: some
     * readers of files by fastparquet expect that.
     */
    void write(int max, ByteArrayBuilder out) {
        if (max == 0 || count == 0) {
            return;
        }
        int width = BitWidth.of(max);
        if (countEqual(values[0]) < count) {
            HybridEncoder.encode(values, 0, count, width, out);
            return;
        }
        out.appendVarint(count << 1);
        for (int shift = 0; shift < width; shift += Byte.SIZE) {
            out.append(values[0] >>> shift);
        }
    }

    /** Appends the levels as a page of version 1 has them: after their length in bytes, or nothing if {@code max} is 0. */
    void writeWithLength(int max, ByteArrayBuilder out) {
        if (max > 0) {
            int start = out.size();
            out.appendInt(0);
            write(max, out);
            out.setInt(start, out.size() - start - Integer.BYTES);
        }
    }

    boolean isSame(PageLevels other) {
        return java.util.Arrays.equals(values, 0, count, other.values, 0, other.count);
    }
}
