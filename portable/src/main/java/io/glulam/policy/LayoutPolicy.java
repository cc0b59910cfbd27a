package io.glulam.policy;

import io.glulam.plan.GroupLayout;
import io.glulam.plan.Layout;
import io.glulam.plan.Order;
import io.glulam.plan.Reason;
import io.glulam.plan.Rewrite;
import io.glulam.plan.RowGroups;
import io.glulam.plan.Settings;
import io.glulam.plan.Threshold;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Which row groups are merged with which: a pure function of the footer's sizes and the settings, in linear time. What
 * gains nothing is the empty layout; so is the layout of a result, even where merged row groups came out up to 40 %
 * smaller, or larger, than their sources. (With the automatic threshold a file as a whole may grow by a sixteenth;
 * beyond, it may have come under a higher threshold.)
 */
public final class LayoutPolicy {
    /** How small merged row groups may come out without becoming worth compacting again, in percent of their sources. */
    public static final int MIN_PERCENT = 60;

    private LayoutPolicy() {}

    /**
     * Plans the output's row groups.
     *
     * @param fileSize the file's size in bytes, for the automatic threshold
     */
    public static Layout layout(RowGroupSizes sizes, Settings settings, long fileSize) {
        return layout(sizes, settings, fileSize, MIN_PERCENT);
    }

    /**
     * As {@link #layout(RowGroupSizes, Settings, long)}, where merged row groups may come out even smaller.
     *
     * @param leastPercent of their sources' bytes, 1 to 60
     */
    public static Layout layout(RowGroupSizes sizes, Settings settings, long fileSize, int leastPercent) {
        int[] nonEmpty = IntStream.range(0, sizes.count())
                .filter(rowGroup -> sizes.rows(rowGroup) > 0)
                .toArray();
        if (nonEmpty.length == 0) {
            return allEmpty(sizes);
        }
        RowGroups dropped = dropped(sizes);
        Layout layout = layout(sizes, nonEmpty, dropped, settings, Limits.of(settings, fileSize, leastPercent));
        if (settings.threshold() instanceof Threshold.Auto && !layout.isEmpty()) {
            // Writing it anyway: also what would be a fragment should the file grow a little.
            Limits grown = Limits.of(settings, fileSize + fileSize / 16, leastPercent);
            return layout(sizes, nonEmpty, dropped, settings, grown);
        }
        return layout;
    }

    /**
     * The layout without the merges that turned out to be impossible: their sources are kept. If that leaves nothing
     * to do, the empty layout.
     *
     * @param cannotMerge for a merged row group the reason to keep its sources; null if it can be merged
     */
    public static Layout withoutMerges(
            Layout layout, RowGroupSizes sizes, Function<GroupLayout, @Nullable Reason> cannotMerge) {
        @Nullable Reason[] keptFor = new @Nullable Reason[sizes.count()];
        Layout.Builder rest = new Layout.Builder(sizes.count());
        boolean merges = false;
        for (GroupLayout group : layout.groups()) {
            @Nullable Reason reason = group.isMerged() ? cannotMerge.apply(group) : group.keptFor();
            if (reason == null) {
                merges = true;
                group.sources().forEach(rest::source);
                rest.endGroup(null, group.rows(), group.sourceBytes());
            } else {
                group.sources().forEach(rowGroup -> {
                    keptFor[rowGroup] = reason;
                    keep(rowGroup, reason, sizes, rest);
                });
            }
        }
        return merges ? rest.build(layout.dropped()) : inPlace(keptFor, layout.dropped(), sizes);
    }

    private static Layout layout(
            RowGroupSizes sizes, int[] nonEmpty, RowGroups dropped, Settings settings, Limits limits) {
        if (settings.rewrite() == Rewrite.FRAGMENTS) {
            return inOrder(sizes, nonEmpty, dropped, settings, limits);
        }
        RowGroupSizes rewritten = new Shrunk(sizes, limits.leastPercent());
        Limits alreadyShrunk = new Limits(limits.threshold(), limits.targetBytes(), limits.maxRows(), MIN_PERCENT);
        return withoutKept(inOrder(rewritten, nonEmpty, dropped, settings, alreadyShrunk), sizes);
    }

    private static Layout inOrder(
            RowGroupSizes sizes, int[] nonEmpty, RowGroups dropped, Settings settings, Limits limits) {
        return settings.order() == Order.PRESERVE
                ? PreserveOrder.layout(sizes, nonEmpty, dropped, limits)
                : HealthyFirst.layout(sizes, nonEmpty, dropped, limits);
    }

    /** Row groups as they may come out when all are written again: healthy ones may become fragments. */
    private record Shrunk(RowGroupSizes sizes, int percent) implements RowGroupSizes {
        @Override
        public int count() {
            return sizes.count();
        }

        @Override
        public long rows(int rowGroup) {
            return sizes.rows(rowGroup);
        }

        @Override
        public long compressedSize(int rowGroup) {
            long bytes = sizes.compressedSize(rowGroup);
            return percent == MIN_PERCENT ? bytes : bytes / 100 * percent + bytes % 100 * percent / 100;
        }

        @Override
        public @Nullable Reason mustKeep(int rowGroup) {
            return sizes.mustKeep(rowGroup);
        }
    }

    /** Writes again what would be kept, each row group by itself, but for those that must not be. */
    private static Layout withoutKept(Layout layout, RowGroupSizes sizes) {
        Layout.Builder rewritten = new Layout.Builder(sizes.count());
        for (GroupLayout group : layout.groups()) {
            group.sources().forEach(rewritten::source);
            Reason reason =
                    group.isMerged() ? null : sizes.mustKeep(group.sources().first());
            long bytes =
                    group.sources().stream().mapToLong(sizes::compressedSize).sum();
            rewritten.endGroup(reason, group.rows(), bytes);
        }
        return rewritten.build(layout.dropped());
    }

    /** A file needs no rows; dropping all its row groups would gain nothing. */
    private static Layout allEmpty(RowGroupSizes sizes) {
        Layout.Builder layout = new Layout.Builder(sizes.count());
        for (int rowGroup = 0; rowGroup < sizes.count(); rowGroup++) {
            keep(rowGroup, Reason.NO_ROWS, sizes, layout);
        }
        return layout.build(RowGroups.NONE);
    }

    private static RowGroups dropped(RowGroupSizes sizes) {
        RowGroups.Builder dropped = new RowGroups.Builder();
        for (int rowGroup = 0; rowGroup < sizes.count(); rowGroup++) {
            if (sizes.rows(rowGroup) == 0) {
                dropped.add(rowGroup);
            }
        }
        return dropped.build();
    }

    /** Every row group kept, in the source's order: without a merge there is no gain in moving any. */
    private static Layout inPlace(@Nullable Reason[] keptFor, RowGroups dropped, RowGroupSizes sizes) {
        Layout.Builder kept = new Layout.Builder(keptFor.length);
        for (int rowGroup = 0; rowGroup < keptFor.length; rowGroup++) {
            if (keptFor[rowGroup] != null) {
                keep(rowGroup, keptFor[rowGroup], sizes, kept);
            }
        }
        return kept.build(dropped);
    }

    private static void keep(int rowGroup, Reason reason, RowGroupSizes sizes, Layout.Builder layout) {
        layout.source(rowGroup).endGroup(reason, sizes.rows(rowGroup), sizes.compressedSize(rowGroup));
    }
}
