package io.glulam.statistics;

import io.glulam.format.Leaf;
import io.glulam.format.SizeStatistics;
import io.glulam.format.Statistics;
import io.glulam.statistics.Doubts.Struct;
import org.jspecify.annotations.Nullable;

/** Holds against each other everything that tells of a chunk's nulls, NaNs and levels as a whole. Used once. */
final class NullsCheck {
    private final Leaf leaf;
    private final ChunkClaims claims;
    private final @Nullable Statistics statistics;
    private final @Nullable SizeStatistics sizes;
    private final @Nullable ColumnIndex index;
    private final Doubts doubts;
    private final long counted;
    private final long stated;
    private final long indexed;
    private final long byLevels;

    /** @param statistics as their writer meant them */
    NullsCheck(Leaf leaf, ChunkClaims claims, @Nullable Statistics statistics, Doubts doubts) {
        this.leaf = leaf;
        this.claims = claims;
        this.statistics = statistics;
        this.sizes = claims.sizes();
        this.index = claims.columnIndex();
        this.doubts = doubts;
        this.counted = claims.countedNulls(leaf);
        this.stated = statistics == null ? -1 : statistics.nullCount();
        this.indexed = index == null || index.nullCounts().length == 0 ? -1 : Sum.of(index.nullCounts());
        this.byLevels = sizes == null ? -1 : nulls(sizes.definitionLevels());
    }

    private long nulls(long[] levels) {
        return levels.length == leaf.maxDefinitionLevel() + 1
                ? claims.valueCount() - levels[leaf.maxDefinitionLevel()]
                : -1;
    }

    void check() {
        checkCounted();
        doubts.addBothIf(
                stated >= 0 && indexed >= 0 && stated != indexed,
                Struct.STATISTICS,
                Struct.COLUMN_INDEX,
                "the statistics' null_count is not the sum of the column index's null_counts");
        doubts.addBothIf(
                stated >= 0 && byLevels >= 0 && !leaf.allowsNullCount(stated, byLevels),
                Struct.STATISTICS,
                Struct.SIZES,
                "null_count contradicts the definition level histogram");
        doubts.addBothIf(
                indexed >= 0 && byLevels >= 0 && !leaf.allowsNullCount(indexed, byLevels),
                Struct.COLUMN_INDEX,
                Struct.SIZES,
                "null_counts contradict the definition level histogram");
        checkHistograms();
        checkNaNs();
        if (!leaf.mayHideNulls() && leaf.maxDefinitionLevel() > 0) {
            checkHeaders();
        }
    }

    private void checkCounted() {
        if (counted >= 0) {
            doubts.addIf(
                    stated >= 0 && !leaf.allowsNullCount(stated, counted),
                    Struct.STATISTICS,
                    "null_count is not what the definition levels tell");
            doubts.addIf(
                    byLevels >= 0 && byLevels != counted,
                    Struct.SIZES,
                    "its definition level histogram is not what the definition levels tell");
        }
    }

    private void checkHistograms() {
        if (index != null && sizes != null) {
            doubts.addBothIf(
                    contradict(index.repetitionLevels(), sizes.repetitionLevels())
                            || contradict(index.definitionLevels(), sizes.definitionLevels()),
                    Struct.COLUMN_INDEX,
                    Struct.SIZES,
                    "the column index's level histograms do not add up to the size statistics'");
        }
    }

    private boolean contradict(long[] pages, long[] chunk) {
        if (chunk.length == 0
                || pages.length != (long) chunk.length * claims.pages().size()) {
            return false;
        }
        for (int level = 0; level < chunk.length; level++) {
            Sum sum = new Sum();
            for (int at = level; at < pages.length; at += chunk.length) {
                sum.add(pages[at]);
            }
            if (sum.total() != chunk[level]) {
                return true;
            }
        }
        return false;
    }

    private void checkNaNs() {
        if (index != null && statistics != null && index.nanCounts().length > 0) {
            long pages = Sum.of(index.nanCounts());
            doubts.addBothIf(
                    ValueOrder.of(leaf).isFloatingPoint()
                            && pages >= 0
                            && statistics.nanCount() >= 0
                            && pages != statistics.nanCount(),
                    Struct.STATISTICS,
                    Struct.COLUMN_INDEX,
                    "the statistics' nan_count is not the sum of the column index's nan_counts");
        }
    }

    private void checkHeaders() {
        Sum headers = new Sum();
        Sum own = new Sum();
        for (PageClaims page : claims.pages()) {
            headers.add(page.headerNulls());
            own.add(page.statistics() == null ? -1 : page.statistics().nullCount());
        }
        // Arrow C++ writes 0 as num_nulls where it keeps no statistics.
        boolean other = headers.total() > 0 && headers.total() != stated || own.total() >= 0 && own.total() != stated;
        doubts.addIf(stated >= 0 && other, Struct.STATISTICS, "null_count contradicts the page headers");
    }
}
