package io.glulam.policy;

import io.glulam.plan.GroupLayout;
import io.glulam.plan.Layout;
import java.util.Arrays;
import java.util.Random;
import java.util.StringJoiner;

/** Row groups that exist as numbers only. */
record SimulatedFooter(long[] rows, long[] bytes) implements RowGroupSizes {
    static final long MB = 1_000_000;

    /** Row groups of so many MB, 10,000 rows each MB. */
    static SimulatedFooter ofMegabytes(double... sizes) {
        return new SimulatedFooter(
                Arrays.stream(sizes)
                        .mapToLong(size -> Math.round(size * 10_000))
                        .toArray(),
                Arrays.stream(sizes).mapToLong(size -> Math.round(size * MB)).toArray());
    }

    @Override
    public int count() {
        return rows.length;
    }

    @Override
    public long rows(int rowGroup) {
        return rows[rowGroup];
    }

    @Override
    public long compressedSize(int rowGroup) {
        return bytes[rowGroup];
    }

    long fileSize() {
        return Arrays.stream(bytes).sum();
    }

    /** The footer after such a compaction, in which each merged row group's bytes came out changed by some factor. */
    SimulatedFooter after(Layout layout, Random random, double least, double most) {
        int count = layout.groups().size();
        SimulatedFooter result = new SimulatedFooter(new long[count], new long[count]);
        for (int i = 0; i < count; i++) {
            GroupLayout group = layout.groups().get(i);
            double factor = least + (most - least) * random.nextDouble();
            if (random.nextInt(3) == 0) {
                factor = random.nextBoolean() ? least : most;
            }
            result.rows[i] = group.rows();
            result.bytes[i] = group.isMerged() ? (long) Math.ceil(group.sourceBytes() * factor) : group.sourceBytes();
        }
        return result;
    }

    @Override
    public String toString() {
        StringJoiner text = new StringJoiner(", ", "[", "]");
        for (int i = 0; i < rows.length; i++) {
            text.add(rows[i] + " rows " + bytes[i] + " B");
        }
        return text.toString();
    }
}
