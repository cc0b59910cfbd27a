package io.glulam.testkit.lint;

import io.glulam.testkit.read.DecodedPage;
import io.glulam.testkit.read.LeafColumn;
import io.glulam.testkit.read.MalformedFile;
import io.glulam.testkit.read.ParquetFile;
import io.glulam.testkit.read.ParquetFile.BloomFilter;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.Statistics;

/** All checks of one column chunk. */
final class ChunkLint {
    private final ParquetFile file;
    private final int rowGroup;
    private final LeafColumn leaf;
    private final RegionLint regions;
    private final Findings findings;

    ChunkLint(ParquetFile file, int rowGroup, LeafColumn leaf, RegionLint regions, Findings findings) {
        this.file = file;
        this.rowGroup = rowGroup;
        this.leaf = leaf;
        this.regions = regions;
        this.findings = findings.at(rowGroup, leaf.index());
    }

    void check() {
        try {
            checkChunk();
        } catch (MalformedFile e) {
            findings.error("cannot be read: " + e.getMessage());
        }
    }

    private void checkChunk() {
        Optional<BloomFilter> bloomFilter = file.bloomFilter(rowGroup, leaf.index());
        BloomFilterLint bloom = bloomFilter.map(BloomFilterLint::new).orElse(null);
        ColumnMetaData claims = file.chunkMetaData(rowGroup, leaf.index());
        Set<ByteBuffer> distinct = new HashSet<>();
        boolean countsDistinct =
                claims.isSetStatistics() && claims.getStatistics().isSetDistinct_count();
        Consumer<DecodedPage> visitor = page -> {
            if (bloom != null) {
                bloom.visit(page);
            }
            for (int i = 0; countsDistinct && i < page.values().count(); i++) {
                distinct.add(ByteBuffer.wrap(page.values().get(i)));
            }
        };
        ChunkFacts chunk = ChunkFacts.gather(file, rowGroup, leaf, visitor);
        new PagesLint(chunk, findings).check();
        long rows = file.metaData().getRow_groups().get(rowGroup).getNum_rows();
        findings.errorUnlessEqual("row group's num_rows", rows, chunk.total().rows);
        findings.errorUnless(
                chunk.pages().isEmpty() || !chunk.pages().get(0).startsInsideRow, "chunk begins inside a row");
        checkStatistics(chunk);
        if (countsDistinct) {
            findings.errorUnlessEqual(
                    "distinct_count", claims.getStatistics().getDistinct_count(), (long) distinct.size());
        }
        if (bloom != null) {
            bloom.report(bloomFilter.get(), findings);
        }
        addRegions(chunk, bloomFilter);
    }

    private void checkStatistics(ChunkFacts chunk) {
        BoundsLint bounds = new BoundsLint(chunk, findings);
        if (chunk.claims().isSetStatistics()) {
            bounds.check("statistics", chunk.claims().getStatistics(), chunk.total());
        }
        for (PageFacts page : chunk.pages()) {
            Statistics statistics = page.page.header().isSetData_page_header()
                    ? page.page.header().getData_page_header().getStatistics()
                    : page.page.header().getData_page_header_v2().getStatistics();
            if (statistics != null) {
                bounds.check("page at " + page.page.offset(), statistics, page);
            }
        }
        if (chunk.claims().isSetSize_statistics()) {
            SizeStatisticsLint.check(chunk.claims().getSize_statistics(), chunk, findings);
        }
        IndexLint indexes = new IndexLint(chunk, bounds, findings);
        file.columnIndex(rowGroup, leaf.index()).ifPresent(indexes::checkColumnIndex);
        file.offsetIndex(rowGroup, leaf.index()).ifPresent(indexes::checkOffsetIndex);
    }

    private void addRegions(ChunkFacts chunk, Optional<BloomFilter> bloomFilter) {
        regions.add(chunk.walk().start(), chunk.walk().walkedEnd(), "column chunk", findings);
        var entry = file.chunk(rowGroup, leaf.index());
        long columnIndex = entry.getColumn_index_offset();
        regions.add(columnIndex, columnIndex + entry.getColumn_index_length(), "column index", findings);
        long offsetIndex = entry.getOffset_index_offset();
        regions.add(offsetIndex, offsetIndex + entry.getOffset_index_length(), "offset index", findings);
        bloomFilter.ifPresent(filter -> {
            regions.add(filter.offset(), filter.end(), "Bloom filter", findings);
            if (chunk.claims().isSetBloom_filter_length()) {
                findings.errorUnlessEqual(
                        "bloom_filter_length",
                        (long) chunk.claims().getBloom_filter_length(),
                        filter.end() - filter.offset());
            }
        });
    }
}
