package io.glulam.statistics;

import io.glulam.format.Leaf;
import io.glulam.format.PhysicalType;
import io.glulam.format.SizeStatistics;
import org.jspecify.annotations.Nullable;

/**
 * The size statistics of a column chunk that is joined from parts: each component is the sum of the parts', or absent
 * if one part lacks it. A part whose histograms contradict the schema or the number of values has none. Not thread-safe.
 */
public final class SizeStatisticsMerger {
    private final Leaf leaf;
    private final Sum unencodedBytes = new Sum();
    private long @Nullable [] repetitionLevels;
    private long @Nullable [] definitionLevels;
    private boolean any;

    public SizeStatisticsMerger(Leaf leaf) {
        this.leaf = leaf;
        if (leaf.type() != PhysicalType.BYTE_ARRAY) {
            unencodedBytes.add(-1);
        }
        repetitionLevels = new long[leaf.maxRepetitionLevel() + 1];
        definitionLevels = new long[leaf.maxDefinitionLevel() + 1];
    }

    /**
     * Adds a part.
     *
     * @param part null if it has none
     * @param valueCount its values, nulls included; a part without values changes nothing
     */
    public void add(@Nullable SizeStatistics part, long valueCount) {
        if (valueCount == 0) {
            return;
        }
        any = true;
        SizeStatistics known = part != null && isConsistent(part, valueCount) ? part : null;
        unencodedBytes.add(known == null ? -1 : known.unencodedByteArrayBytes());
        repetitionLevels =
                Histograms.sum(repetitionLevels, known == null ? null : known.repetitionLevels(), valueCount);
        definitionLevels =
                Histograms.sum(definitionLevels, known == null ? null : known.definitionLevels(), valueCount);
    }

    private boolean isConsistent(SizeStatistics part, long valueCount) {
        return isConsistent(part.repetitionLevels(), leaf.maxRepetitionLevel(), valueCount)
                && isConsistent(part.definitionLevels(), leaf.maxDefinitionLevel(), valueCount);
    }

    private static boolean isConsistent(long[] histogram, int maxLevel, long valueCount) {
        return histogram.length == 0 || Histograms.counts(histogram, maxLevel + 1, valueCount);
    }

    /** The sums; null if none of them is known. */
    public @Nullable SizeStatistics merged() {
        if (!any || unencodedBytes.total() < 0 && repetitionLevels == null && definitionLevels == null) {
            return null;
        }
        return new SizeStatistics(
                unencodedBytes.total(), Histograms.copy(repetitionLevels), Histograms.copy(definitionLevels));
    }
}
