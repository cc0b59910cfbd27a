package io.glulam.adapt;

import io.glulam.error.CorruptFile;
import io.glulam.format.ColumnChunk;
import io.glulam.format.PageIndexLimits;
import io.glulam.format.SizeStatistics;
import io.glulam.format.Statistics;
import io.glulam.statistics.ColumnIndex;
import io.glulam.statistics.PageSummary;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The source's claims of a chunk and its pages, carried on to a chunk with other levels: bounds as they are, nulls and
 * histograms as counted. A struct that contradicts what is counted is dropped. Not thread-safe.
 */
final class LevelClaims {
    private final SourceColumn source;
    private final @Nullable ColumnIndex index;
    private final long[] sourceLevels;
    private final long[] repetitionLevels;
    private final long[] definitionLevels;
    private final long[] none = {};
    private boolean indexHolds;
    private int pages;
    private long nulls;

    /** @param targetMax the highest definition level in the output */
    LevelClaims(SourceColumn source, int targetMax) {
        this.source = source;
        this.index = readIndex(source);
        this.indexHolds = index != null;
        this.sourceLevels = new long[source.leaf().maxDefinitionLevel() + 1];
        this.repetitionLevels = new long[source.leaf().maxRepetitionLevel() + 1];
        this.definitionLevels = new long[targetMax + 1];
    }

    /** Returns the chunk's column index; null if there is none that can be read. */
    static @Nullable ColumnIndex readIndex(SourceColumn source) {
        ColumnChunk chunk = source.chunk();
        int length = chunk.columnIndexLength();
        boolean usable = chunk.columnIndexOffset() > 0
                && length > 0
                && length <= PageIndexLimits.MAX_BYTES
                && chunk.columnIndexOffset() <= source.file().bytes().size() - length;
        if (!usable) {
            return null;
        }
        byte[] bytes = new byte[length];
        source.file().bytes().read(chunk.columnIndexOffset(), bytes, 0, length);
        try {
            return ColumnIndex.parse(bytes, 0, length, chunk.columnIndexOffset());
        } catch (CorruptFile unusable) {
            return null;
        }
    }

    /**
     * Adds the next data page.
     *
     * @param sourceHistogram of its definition levels in the source
     */
    PageSummary add(int values, int pageNulls, long[] sourceHistogram, long[] repetitions, long[] definitions) {
        int page = pages++;
        nulls += pageNulls;
        PageLevels.addHistogram(sourceHistogram, sourceLevels);
        PageLevels.addHistogram(repetitions, repetitionLevels);
        PageLevels.addHistogram(definitions, definitionLevels);
        ColumnIndex known = index;
        if (known == null || page >= known.pageCount()) {
            indexHolds = false;
            return new PageSummary(values, pageNulls, -1, null, null, null, none, none);
        }
        boolean allNull = pageNulls == values;
        boolean agrees = known.nullPages()[page] == allNull
                && agrees(known.nullCounts().length == 0 ? -1 : known.nullCounts()[page], pageNulls)
                && agrees(known.histogram(known.definitionLevels(), page, sourceHistogram.length), sourceHistogram)
                && agrees(known.histogram(known.repetitionLevels(), page, repetitions.length), repetitions);
        indexHolds &= agrees;
        return new PageSummary(
                values,
                pageNulls,
                known.nanCounts().length == 0 ? -1 : known.nanCounts()[page],
                allNull,
                allNull ? null : known.minValues()[page],
                allNull ? null : known.maxValues()[page],
                repetitions.length > 1 ? repetitions : none,
                definitions);
    }

    private boolean agrees(long stated, long counted) {
        return stated < 0 || source.leaf().allowsNullCount(stated, counted);
    }

    private static boolean agrees(long[] stated, long[] counted) {
        return stated.length == 0 || Arrays.equals(stated, counted);
    }

    /** Whether the source has a column index that describes all pages and agrees with what was counted. */
    boolean indexHolds() {
        return indexHolds && index != null && index.pageCount() == pages;
    }

    /** The chunk's statistics; null if there are none that can be true. */
    @Nullable
    Statistics statistics() {
        Statistics stated = source.file().trust().meant(source.chunk().statistics(), pages);
        return stated == null || !agrees(stated.nullCount(), nulls) ? null : stated.withNullCount(nulls);
    }

    /** The chunk's size statistics; null if there are none that can be true. */
    @Nullable
    SizeStatistics sizes() {
        SizeStatistics stated = source.chunk().sizeStatistics();
        if (stated == null
                || !agrees(stated.definitionLevels(), sourceLevels)
                || !agrees(stated.repetitionLevels(), repetitionLevels)) {
            return null;
        }
        return new SizeStatistics(
                stated.unencodedByteArrayBytes(),
                repetitionLevels.length > 1 ? repetitionLevels : none,
                definitionLevels.length > 1 ? definitionLevels : none);
    }
}
