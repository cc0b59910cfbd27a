package io.glulam.verify;

import io.glulam.decode.RowBoundaries;
import io.glulam.format.ColumnChunk;
import io.glulam.format.Encoding;
import io.glulam.format.Leaf;
import io.glulam.format.PageEncodingStats;
import io.glulam.format.PageType;
import io.glulam.format.Statistics;
import io.glulam.page.LevelReader;
import io.glulam.page.PageHeader;
import io.glulam.page.PageWalker;
import io.glulam.page.RepetitionLevels;
import io.glulam.source.SourceFile;
import io.glulam.statistics.BloomFilterHeader;
import io.glulam.statistics.ColumnIndex;
import io.glulam.statistics.OffsetIndex;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Holds what is said of one merged column chunk (footer entry, page indexes, bloom filter) against its page headers.
 * Failures to read are the caller's to translate. Used once.
 */
final class MergedChunkVerifier {
    private static final int WINDOW = 4096;
    private static final String ROWS = "the number of rows, or where a row group's rows begin,";

    private final SourceFile written;
    private final Expectation here;
    private final List<DataPage> pages = new ArrayList<>();
    private final Map<PageEncodingStats, Integer> kinds = new TreeMap<>();
    private long uncompressedSize;
    private long dictionaryOffset;

    /** A data page; its rows are counted, −1 if it begins within one. */
    private record DataPage(long offset, int size, int values, int rows) {}

    MergedChunkVerifier(SourceFile written, Expectation here) {
        this.written = written;
        this.here = here;
    }

    /**
     * Verifies a chunk.
     *
     * @param boundaries of the row groups that it was made of; null if the column is not repeated, so that each value is
     *     a row
     * @return bytes that were decompressed to count its rows
     */
    long verify(Leaf leaf, ColumnChunk chunk, long rows, @Nullable RowBoundaries boundaries) {
        try (LevelReader levels = written.levels(leaf, chunk.codec())) {
            levels.readAheadTo(chunk.start() + chunk.compressedSize());
            walk(chunk, levels, boundaries);
            checkRows(rows, boundaries);
            checkClaims(leaf, chunk, rows);
            return levels.unpackedBytes();
        }
    }

    private void checkRows(long rows, @Nullable RowBoundaries boundaries) {
        boolean right = boundaries == null
                ? rows == pages.stream().mapToLong(DataPage::values).sum()
                : boundaries.areComplete();
        here.require(right, ROWS);
    }

    private void checkClaims(Leaf leaf, ColumnChunk chunk, long rows) {
        checkEntry(chunk);
        checkEncodings(chunk);
        @Nullable OffsetIndex offsets = offsetIndex(chunk);
        if (offsets != null) {
            checkOffsets(offsets, chunk, rows);
        }
        if (chunk.columnIndexOffset() > 0) {
            here.require(offsets != null, "a column index without an offset index");
            checkBounds(
                    leaf,
                    ColumnIndex.parse(
                            read(chunk.columnIndexOffset(), chunk.columnIndexLength()),
                            0,
                            chunk.columnIndexLength(),
                            chunk.columnIndexOffset()));
        }
        if (chunk.bloomFilterOffset() > 0) {
            checkBloomFilter(chunk);
        }
    }

    private void walk(ColumnChunk chunk, LevelReader levels, @Nullable RowBoundaries boundaries) {
        PageWalker walker = new PageWalker(written.bytes(), WINDOW);
        walker.start(chunk);
        long position = chunk.start();
        for (PageHeader header = walker.next(); header != null; header = walker.next()) {
            here.require(walker.position() == position, "a page's place");
            add(header, position, walker.headerLength());
            if (header.isData()) {
                int values = header.valueCount();
                int rows = boundaries == null
                        ? values
                        : rows(levels.read(position, walker.headerLength(), header), boundaries);
                pages.add(new DataPage(position, walker.headerLength() + header.compressedSize(), values, rows));
            }
            position += walker.headerLength() + header.compressedSize();
        }
        here.require(position == chunk.start() + chunk.compressedSize(), "the end of the column chunk's pages");
    }

    /** Headers of moved pages are their writers', some of whom count rows wrongly: only levels are believed. */
    private int rows(RepetitionLevels levels, RowBoundaries boundaries) {
        int rows = boundaries.add(levels);
        here.require(rows >= 0, ROWS);
        return levels.startsRow() ? rows : -1;
    }

    private void add(PageHeader header, long position, int headerLength) {
        uncompressedSize += (long) headerLength + header.uncompressedSize();
        kinds.merge(new PageEncodingStats(header.type(), header.encoding(), 0), 1, Integer::sum);
        if (header.type() == PageType.DICTIONARY_PAGE) {
            here.require(pages.isEmpty() && dictionaryOffset == 0, "the dictionary page's place");
            dictionaryOffset = position;
            return;
        }
        here.require(header.isData() && header.valueCount() > 0, "a page without values");
    }

    private void checkEntry(ColumnChunk chunk) {
        long values = pages.stream().mapToLong(DataPage::values).sum();
        here.require(values == chunk.valueCount(), "the values of the pages");
        here.require(chunk.uncompressedSize() == uncompressedSize, "the uncompressed size");
        here.require(chunk.dictionaryPageOffset() == dictionaryOffset, "the dictionary page's offset");
        here.require(
                pages.isEmpty() || chunk.dataPageOffset() == pages.get(0).offset(), "the first data page's offset");
        Statistics statistics = chunk.statistics();
        here.require(statistics == null || statistics.nullCount() <= values, "the number of nulls");
    }

    /** Readers prune by these: overstated, they lose rows. */
    private void checkEncodings(ColumnChunk chunk) {
        for (PageEncodingStats kind : kinds.keySet()) {
            here.require(
                    Arrays.stream(chunk.encodings()).anyMatch(encoding -> encoding == kind.encoding()),
                    "the list of encodings");
        }
        Map<PageEncodingStats, Integer> claimed = new TreeMap<>();
        for (PageEncodingStats stats : chunk.encodingStats()) {
            claimed.merge(new PageEncodingStats(stats.pageType(), stats.encoding(), 0), stats.count(), Integer::sum);
        }
        boolean known = kinds.keySet().stream().allMatch(kind -> Encoding.of(kind.encoding()) != null);
        here.require(known ? claimed.equals(kinds) : claimed.isEmpty(), "the count of pages by encoding");
    }

    private @Nullable OffsetIndex offsetIndex(ColumnChunk chunk) {
        if (chunk.offsetIndexOffset() <= 0) {
            return null;
        }
        byte[] bytes = read(chunk.offsetIndexOffset(), chunk.offsetIndexLength());
        return OffsetIndex.parse(bytes, 0, bytes.length, chunk.offsetIndexOffset());
    }

    private void checkOffsets(OffsetIndex index, ColumnChunk chunk, long rows) {
        here.require(index.pageCount() == pages.size(), "the offset index's number of pages");
        here.require(
                index.describes(chunk.start(), chunk.start() + chunk.compressedSize(), rows),
                "the offset index's rows");
        for (int i = 0; i < pages.size(); i++) {
            DataPage page = pages.get(i);
            here.require(index.offsets()[i] == page.offset(), "the offset of page " + i);
            here.require(index.compressedSizes()[i] == page.size(), "the size of page " + i);
            long next = i + 1 < pages.size() ? index.firstRows()[i + 1] : rows;
            here.require(next - index.firstRows()[i] == page.rows(), "the number of rows of page " + i);
        }
    }

    private void checkBounds(Leaf leaf, ColumnIndex index) {
        here.require(index.pageCount() == pages.size(), "the column index's number of pages");
        for (int i = 0; i < index.nullCounts().length; i++) {
            here.require(index.nullCounts()[i] <= pages.get(i).values(), "the number of nulls of page " + i);
            here.require(
                    !index.nullPages()[i]
                            || index.nullCounts()[i] < 0
                            || leaf.mayHideNulls()
                            || index.nullCounts()[i] == pages.get(i).values(),
                    "the number of nulls of page " + i);
        }
    }

    private void checkBloomFilter(ColumnChunk chunk) {
        long offset = chunk.bloomFilterOffset();
        byte[] start = read(offset, Math.min(BloomFilterHeader.MAX_LENGTH, chunk.bloomFilterLength()));
        BloomFilterHeader header = BloomFilterHeader.parse(start, 0, start.length, offset);
        here.require(header.totalLength() == chunk.bloomFilterLength(), "the bloom filter's length");
    }

    /** A range in front of the footer. */
    private byte[] read(long offset, int length) {
        here.require(
                length > 0 && offset <= written.footer().offsetInFile() - length, "the place of an index or filter");
        byte[] bytes = new byte[length];
        written.bytes().read(offset, bytes, 0, length);
        return bytes;
    }
}
