package io.glulam.execute;

import io.glulam.decode.BatchReader;
import io.glulam.error.CorruptFile;
import io.glulam.error.Place;
import io.glulam.error.Remedy;
import io.glulam.error.Unsupported;
import io.glulam.format.ColumnChunk;
import io.glulam.format.Leaf;
import io.glulam.format.Statistics;
import io.glulam.plan.OutputGroup.MergedGroup;
import io.glulam.plan.Plan;
import io.glulam.recode.CountedStatistics;
import io.glulam.source.FragmentChunk;
import io.glulam.source.SourceChunk;
import io.glulam.source.SourceFile;
import io.glulam.statistics.ValueOrder;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * Finds columns whose false statistics would hide values only because row groups without rows are left out. Such a row group
 * states no bounds, so that DuckDB unites no bounds of its file; without it DuckDB does, and answers {@code count(x)} and
 * expressions by them. So what the output carries on of such a file is counted first, kept row groups included.
 */
final class NewlyUnited {
    private static final String UNPROVEN =
            "its values do not prove what readers would unite once row groups of 0 rows are left out";

    private final Plan plan;
    private final SourceFile file;
    private final CarriedClaims carried;
    private final DroppedAids aids;

    NewlyUnited(Plan plan, SourceFile file, CarriedClaims carried, DroppedAids aids) {
        this.plan = plan;
        this.file = file;
        this.carried = carried;
        this.aids = aids;
    }

    /**
     * Returns the leaf columns of which no merged row group may state anything, so that readers unite as little as before.
     * Decodes values where row groups without rows are left out of a file that has others.
     *
     * @throws Unsupported if there is such a column, and no row group is merged
     */
    BitSet columns() {
        BitSet columns = new BitSet();
        BitSet beside = besideDropped();
        if (beside.isEmpty()) {
            return columns;
        }
        for (Leaf leaf : file.footer().schema().leaves()) {
            int unproven = carried.allState(leaf) ? firstUnproven(leaf, beside) : -1;
            if (unproven >= 0) {
                leaveOut(leaf, unproven);
                columns.set(leaf.index());
            }
        }
        return columns;
    }

    private void leaveOut(Leaf leaf, int rowGroup) {
        if (plan.groups().stream().noneMatch(MergedGroup.class::isInstance)) {
            throw new Unsupported(
                    new Place(file.name(), rowGroup, leaf.name(), -1),
                    "statistics are kept, and " + UNPROVEN,
                    Remedy.REWRITE_ALL.text());
        }
        aids.add(rowGroup, leaf.name(), "statistics", UNPROVEN);
    }

    /** Returns the row groups with rows whose file has one without. Readers unite nothing of several files. */
    private BitSet besideDropped() {
        BitSet beside = new BitSet();
        if (plan.dropped().isEmpty()) {
            return beside;
        }
        int count = file.footer().rowGroupCount();
        int first = 0;
        for (int next = 1; next <= count; next++) {
            if (next == count || file.bytes().reader().followsOtherObject(next)) {
                addIfDropped(first, next, beside);
                first = next;
            }
        }
        return beside;
    }

    private void addIfDropped(int first, int end, BitSet beside) {
        BitSet withRows = new BitSet();
        for (int rowGroup = first; rowGroup < end; rowGroup++) {
            withRows.set(rowGroup, file.footer().rows(rowGroup) > 0);
        }
        if (withRows.cardinality() < end - first) {
            beside.or(withRows);
        }
    }

    /** Returns a row group whose values do not prove what it states of a column; -1 if there is none. */
    private int firstUnproven(Leaf leaf, BitSet beside) {
        return carried.sources(leaf)
                .filter(beside::get)
                .filter(rowGroup -> !isProven(rowGroup, leaf))
                .findFirst()
                .orElse(-1);
    }

    private boolean isProven(int rowGroup, Leaf leaf) {
        FragmentChunk fragment = FragmentChunk.holding(file.fragments(new int[] {rowGroup}, leaf))
                .get(0);
        ColumnChunk chunk = fragment.chunk();
        Statistics stated = UnitedStatistics.withBounds(CarriedClaims.statistics(chunk));
        try {
            return holds(stated, counted(fragment, leaf), chunk.valueCount(), ValueOrder.of(leaf));
        } catch (CorruptFile | Unsupported undecodable) {
            return false;
        }
    }

    private Statistics counted(FragmentChunk fragment, Leaf leaf) {
        ColumnChunk chunk = fragment.chunk();
        file.bytes().reader().willRead(chunk.start(), Math.max(0, fragment.end() - chunk.start()));
        // What matters are the values: a chunk that begins within a row is left to others.
        try (BatchReader values =
                BatchReader.ofPart(leaf, new SourceChunk(fragment.file(), chunk), fragment.createdBy())) {
            return CountedStatistics.of(leaf, values);
        }
    }

    private static boolean holds(Statistics stated, Statistics counted, long values, ValueOrder order) {
        if (stated.nullCount() == 0 && counted.nullCount() > 0
                || stated.nullCount() == values && counted.nullCount() < values) {
            return false;
        }
        return counted.nullCount() == values
                || (stated.minValue() == null || isOrdered(stated.minValue(), counted.minValue(), order))
                        && (stated.maxValue() == null || isOrdered(counted.maxValue(), stated.maxValue(), order));
    }

    private static boolean isOrdered(byte @Nullable [] low, byte @Nullable [] high, ValueOrder order) {
        return low != null
                && high != null
                && order.isValue(low)
                && order.isValue(high)
                && order.compare(low, high) <= 0;
    }
}
