package io.glulam.testkit.bytes;

import io.glulam.testkit.lint.ValueOrder;
import io.glulam.testkit.read.LeafColumn;
import io.glulam.testkit.read.Triplets;
import io.glulam.testkit.read.Values;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.parquet.format.SizeStatistics;
import org.apache.parquet.format.Statistics;
import org.apache.parquet.format.Type;

/** Some consecutive values of a chunk and what statistics say about them. */
final class Slice {
    final int[] repetition;
    final int[] definition;
    final Values values;
    private final LeafColumn leaf;
    private final ValueOrder order;

    Slice(ChunkScript chunk, int from, int to) {
        Triplets all = chunk.triplets;
        this.leaf = chunk.leaf;
        // The total order is only used where a script asks for it by hand.
        this.order = ValueOrder.of(leaf.element(), null);
        this.repetition = Arrays.copyOfRange(all.repetitionLevels(), from, to);
        this.definition = Arrays.copyOfRange(all.definitionLevels(), from, to);
        int before = present(all.definitionLevels(), 0, from);
        int count = present(all.definitionLevels(), from, to);
        Values.Builder builder = new Values.Builder(count);
        for (int i = 0; i < count; i++) {
            builder.add(all.values(), before + i);
        }
        this.values = builder.build();
    }

    private int present(int[] levels, int from, int to) {
        int max = leaf.maxDefinitionLevel();
        return (int)
                Arrays.stream(levels, from, to).filter(level -> level == max).count();
    }

    int count() {
        return repetition.length;
    }

    int nulls() {
        return count() - values.count();
    }

    int rows() {
        return (int) Arrays.stream(repetition).filter(level -> level == 0).count();
    }

    boolean hasBounds() {
        return min() != null;
    }

    byte[] min() {
        return extreme(-1);
    }

    byte[] max() {
        return extreme(1);
    }

    private byte[] extreme(int sign) {
        byte[] best = null;
        for (int i = 0; i < values.count() && order != ValueOrder.NONE; i++) {
            byte[] value = values.get(i);
            if (!order.isNaN(value) && (best == null || sign * order.compare(value, best) > 0)) {
                best = value;
            }
        }
        return best != null && order.isFloating() ? zeroWithSign(best, sign) : best;
    }

    /** A minimum of zero is written as −0, a maximum as +0. */
    private byte[] zeroWithSign(byte[] value, int sign) {
        if (order.compare(value, new byte[value.length]) != 0) {
            return value;
        }
        byte[] zero = new byte[value.length];
        zero[zero.length - 1] = (byte) (sign < 0 ? 0x80 : 0);
        return zero;
    }

    Statistics statistics(ChunkScript.Stats style) {
        Statistics statistics = new Statistics();
        if (style == ChunkScript.Stats.NONE) {
            return statistics;
        }
        statistics.setNull_count(nulls());
        if (style == ChunkScript.Stats.NULL_COUNT || !hasBounds()) {
            return statistics;
        }
        boolean wide = style == ChunkScript.Stats.WIDE_BOUNDS && leaf.element().getType() == Type.BYTE_ARRAY;
        byte[] min = wide && order == ValueOrder.UNSIGNED_BYTES ? Arrays.copyOf(min(), min().length / 2) : min();
        byte[] max = wide && order == ValueOrder.UNSIGNED_BYTES ? Arrays.copyOf(max(), max().length + 1) : max();
        if (style == ChunkScript.Stats.DEPRECATED_BOUNDS) {
            if (order.isSigned()) {
                statistics.setMin(min).setMax(max);
            }
            return statistics;
        }
        statistics.setMin_value(min).setMax_value(max);
        if (style == ChunkScript.Stats.EXACT_BOUNDS || style == ChunkScript.Stats.WIDE_BOUNDS) {
            boolean exact = style == ChunkScript.Stats.EXACT_BOUNDS;
            statistics.setIs_min_value_exact(exact).setIs_max_value_exact(exact);
        }
        return statistics;
    }

    SizeStatistics sizeStatistics() {
        SizeStatistics sizes = new SizeStatistics();
        if (leaf.element().getType() == Type.BYTE_ARRAY) {
            sizes.setUnencoded_byte_array_data_bytes(values.totalLength());
        }
        if (leaf.maxRepetitionLevel() > 0) {
            sizes.setRepetition_level_histogram(histogram(repetition, leaf.maxRepetitionLevel()));
        }
        if (leaf.maxDefinitionLevel() > 0) {
            sizes.setDefinition_level_histogram(histogram(definition, leaf.maxDefinitionLevel()));
        }
        return sizes;
    }

    static List<Long> histogram(int[] levels, int max) {
        long[] counts = new long[max + 1];
        for (int level : levels) {
            counts[level]++;
        }
        return LongStream.of(counts).boxed().toList();
    }
}
