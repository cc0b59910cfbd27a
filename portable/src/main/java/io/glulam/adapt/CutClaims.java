package io.glulam.adapt;

import io.glulam.format.ColumnChunk;
import io.glulam.format.SizeStatistics;
import io.glulam.format.Statistics;
import io.glulam.page.PageHeader;
import io.glulam.recode.RowRemover;
import io.glulam.statistics.ColumnIndex;
import io.glulam.statistics.PageSummary;
import io.glulam.statistics.ValueOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Statistics of a chunk from which rows are deleted: those of its source, less what the remover counted in those rows.
 * A bound stays only if a row that is left is known to hold it: some engines answer {@code min} and {@code max} from
 * bounds. For one chunk; not thread-safe.
 */
final class CutClaims {
    private static final long[] NONE = {};

    private final SourceColumn source;
    private final ValueOrder order;
    private final @Nullable ColumnIndex index;
    private int pages;

    CutClaims(SourceColumn source) {
        this.source = source;
        this.order = ValueOrder.of(source.leaf());
        this.index = LevelClaims.readIndex(source);
    }

    /** Counts a page of the source of which something else is stated, or nothing. */
    void pass() {
        pages++;
    }

    /** Adds the source's claims of the next page, which stays as it is. */
    PageSummary moved(PageHeader header) {
        int page = pages++;
        ColumnIndex known = index;
        if (known == null || page >= known.pageCount()) {
            return new PageSummary(header.valueCount(), -1, -1, null, null, null, NONE, NONE);
        }
        boolean allNull = known.nullPages()[page];
        return new PageSummary(
                header.valueCount(),
                known.nullCounts().length == 0 ? -1 : known.nullCounts()[page],
                known.nanCounts().length == 0 ? -1 : known.nanCounts()[page],
                allNull,
                allNull ? null : known.minValues()[page],
                allNull ? null : known.maxValues()[page],
                known.histogram(known.repetitionLevels(), page, source.leaf().maxRepetitionLevel() + 1),
                known.histogram(known.definitionLevels(), page, source.leaf().maxDefinitionLevel() + 1));
    }

    /** Whether the source has a column index that describes all pages. */
    boolean indexHolds() {
        return index != null && index.pageCount() == pages;
    }

    private @Nullable Statistics stated() {
        return source.file().trust().meant(source.chunk().statistics(), pages);
    }

    /**
     * Whether the bounds that the source states are known to be those of the rows that are left; else all of those have to
     * be looked at.
     */
    boolean boundsHold(RowRemover remover) {
        Statistics stated = stated();
        if (stated == null || remover.goneValues() == 0) {
            return true;
        }
        byte[] min = stated.minValue();
        byte[] max = stated.maxValue();
        if (min == null || max == null || !order.isDefined()) {
            return true; // There are none to keep.
        }
        if (!order.isRange(min, max)) {
            return false;
        }
        Statistics gone = remover.gone();
        byte[] goneMin = gone.minValue();
        byte[] goneMax = gone.maxValue();
        if (goneMin == null || goneMax == null) {
            return false;
        }
        Statistics kept = remover.kept();
        return (order.compare(goneMin, min) > 0 || Arrays.equals(kept.minValue(), min))
                && (order.compare(goneMax, max) < 0 || Arrays.equals(kept.maxValue(), max));
    }

    /**
     * The chunk's statistics.
     *
     * @param all whether the remover has seen all rows that are left
     */
    Statistics statistics(RowRemover remover, boolean all) {
        Statistics stated = stated();
        long nulls = stated == null || stated.nullCount() < 0 || source.leaf().mayHideNulls()
                ? -1
                : stated.nullCount() - remover.gone().nullCount();
        Statistics counted = Statistics.NONE.withNullCount(Math.max(-1, nulls));
        if (all) {
            return counted.withBoundsOf(remover.kept());
        }
        if (stated == null || stated.minValue() == null || stated.maxValue() == null) {
            return counted;
        }
        return order.isDefined() ? counted.withBoundsOf(stated) : counted;
    }

    /** The chunk's size statistics; null if there are none that can be true. */
    @Nullable
    SizeStatistics sizes(RowRemover remover) {
        ColumnChunk chunk = source.chunk();
        SizeStatistics stated = chunk.sizeStatistics();
        if (stated == null) {
            return null;
        }
        long[] repetitions = less(stated.repetitionLevels(), remover.goneRepetitions());
        long[] definitions = less(stated.definitionLevels(), remover.goneDefinitions());
        long bytes = stated.unencodedByteArrayBytes() < 0
                ? -1
                : stated.unencodedByteArrayBytes() - Math.max(0, remover.goneBytes());
        boolean possible =
                repetitions != null && definitions != null && (bytes >= 0 || stated.unencodedByteArrayBytes() < 0);
        return possible && repetitions != null && definitions != null
                ? new SizeStatistics(bytes, repetitions, definitions)
                : null;
    }

    private static long @Nullable [] less(long[] stated, long[] gone) {
        if (stated.length == 0) {
            return stated;
        }
        if (stated.length != gone.length) {
            return null;
        }
        long[] left = new long[stated.length];
        for (int i = 0; i < left.length; i++) {
            left[i] = stated[i] - gone[i];
            if (left[i] < 0) {
                return null;
            }
        }
        return left;
    }
}
