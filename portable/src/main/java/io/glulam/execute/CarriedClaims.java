package io.glulam.execute;

import io.glulam.footer.Footer;
import io.glulam.format.ColumnChunk;
import io.glulam.format.Leaf;
import io.glulam.format.Statistics;
import io.glulam.plan.OutputGroup;
import io.glulam.plan.OutputGroup.MergedGroup;
import io.glulam.plan.Plan;
import io.glulam.plan.Tier;
import io.glulam.source.SourceFile;
import java.util.BitSet;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Tells in which columns an output carries on what its source states, uncounted: of row groups that are kept, and of merged
 * ones whose values are not decoded. Readers know bounds or nulls of a whole file only if all of its row groups state them.
 * For the writer's thread.
 */
final class CarriedClaims {
    private final Plan plan;
    private final Footer footer;
    private final int kept;
    /** By leaf column: merged row groups whose values are not decoded. */
    private final int[] spliced;
    /** By leaf column: whether all row groups that carry claims on have bounds; null until a merged chunk asks. */
    private final @Nullable Boolean[] bounded;
    /** The same of null counts. */
    private final @Nullable Boolean[] counted;
    /** Leaf columns of which merged row groups state nothing. */
    private final BitSet unproven = new BitSet();

    private CarriedClaims(Plan plan, Footer footer, int kept, int[] spliced) {
        this.plan = plan;
        this.footer = footer;
        this.kept = kept;
        this.spliced = spliced;
        this.bounded = new Boolean[spliced.length];
        this.counted = new Boolean[spliced.length];
    }

    /**
     * As {@link #of}, once {@link NewlyUnited} has counted what has to be counted.
     *
     * @param aids hears of statistics that are left out
     */
    static CarriedClaims counted(Plan plan, SourceFile file, DroppedAids aids) {
        CarriedClaims carried = of(plan, file.footer());
        carried.unproven.or(new NewlyUnited(plan, file, carried, aids).columns());
        return carried;
    }

    static CarriedClaims of(Plan plan, Footer footer) {
        int kept = 0;
        int[] spliced = new int[plan.columns().size()];
        for (OutputGroup group : plan.groups()) {
            if (group instanceof MergedGroup merged) {
                for (int leaf = 0; leaf < spliced.length; leaf++) {
                    spliced[leaf] += isCarried(merged, leaf) ? 1 : 0;
                }
            } else {
                kept++;
            }
        }
        return new CarriedClaims(plan, footer, kept, spliced);
    }

    private static boolean isCarried(OutputGroup group, int leaf) {
        return !(group instanceof MergedGroup merged)
                || merged.columns().get(leaf).tier() != Tier.RECODE;
    }

    /** Whether another row group of the output than this one carries claims of the column on. */
    boolean areBeside(MergedGroup group, Leaf leaf) {
        int own = isCarried(group, leaf.index()) ? 1 : 0;
        return kept + spliced[leaf.index()] > own;
    }

    /** Whether merged row groups state nothing of the column, so that readers unite nothing. */
    boolean areUnproven(Leaf leaf) {
        return unproven.get(leaf.index());
    }

    /** Returns the source's row groups whose claims of the column are carried on. */
    IntStream sources(Leaf leaf) {
        return plan.groups().stream()
                .filter(group -> isCarried(group, leaf.index()))
                .flatMapToInt(group -> group.sources().stream());
    }

    /** Whether all of them state something of the column. */
    boolean allState(Leaf leaf) {
        return all(leaf, chunk -> !statistics(chunk).isNone());
    }

    /** Whether all of them state bounds of the column, or that there is nothing to bound. */
    boolean allHaveBounds(Leaf leaf) {
        Boolean known = bounded[leaf.index()];
        if (known == null) {
            known = all(leaf, CarriedClaims::hasBounds);
            bounded[leaf.index()] = known;
        }
        return known;
    }

    /** Whether all of them state a null count of the column. */
    boolean allCountNulls(Leaf leaf) {
        Boolean known = counted[leaf.index()];
        if (known == null) {
            known = all(leaf, chunk -> statistics(chunk).nullCount() >= 0);
            counted[leaf.index()] = known;
        }
        return known;
    }

    private boolean all(Leaf leaf, Predicate<ColumnChunk> test) {
        return sources(leaf).allMatch(rowGroup -> test.test(footer.chunk(rowGroup, leaf.index())));
    }

    private static boolean hasBounds(ColumnChunk chunk) {
        Statistics stated = statistics(chunk);
        boolean allNull = stated.nullCount() == chunk.valueCount();
        boolean deprecated = stated.min() != null && stated.max() != null;
        return allNull || deprecated || stated.minValue() != null && stated.maxValue() != null;
    }

    static Statistics statistics(ColumnChunk chunk) {
        Statistics stated = chunk.statistics();
        return stated == null ? Statistics.NONE : stated;
    }
}
