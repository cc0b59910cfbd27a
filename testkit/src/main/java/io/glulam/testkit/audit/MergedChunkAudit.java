package io.glulam.testkit.audit;

import io.glulam.testkit.lint.ChunkFacts;
import io.glulam.testkit.lint.Findings;
import io.glulam.testkit.lint.PageFacts;
import io.glulam.testkit.read.LeafColumn;
import io.glulam.testkit.read.PageInfo;
import io.glulam.testkit.read.ParquetFile;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.KeyValue;
import org.apache.parquet.format.Statistics;

/** A column chunk of a merged row group: everything that is said of it, derived anew from its values. */
final class MergedChunkAudit {
    private final ParquetFile source;
    private final ParquetFile output;
    private final int group;
    private final Origin origin;
    private final LeafColumn leaf;
    private final ColumnChunk entry;
    private final ColumnMetaData claims;
    private final Coverage coverage;
    private final Findings findings;

    MergedChunkAudit(
            ParquetFile source,
            ParquetFile output,
            int group,
            Origin origin,
            LeafColumn leaf,
            Coverage coverage,
            Findings findings) {
        this.source = source;
        this.output = output;
        this.group = group;
        this.origin = origin;
        this.leaf = leaf;
        this.entry = output.chunk(group, leaf.index());
        this.claims = output.chunkMetaData(group, leaf.index());
        this.coverage = coverage;
        this.findings = findings;
    }

    void check() {
        Set<ByteBuffer> distinct = new HashSet<>();
        ChunkFacts chunk = ChunkFacts.gather(output, group, leaf, page -> {
            for (int i = 0; i < page.values().count(); i++) {
                distinct.add(ByteBuffer.wrap(page.values().get(i)));
            }
        });
        MovedPages moved = new MovedPages(source, origin, leaf.index());
        checkEntry(chunk);
        new PagesAudit(chunk, moved, findings).check();
        checkStatistics(chunk, distinct, moved);
        new SizesAudit(chunk, findings).check();
        new IndexAudit(chunk, coverage, findings).check();
        new BloomFilterAudit(chunk, coverage, findings).check(distinct);
        coverage.add(chunk.walk().start(), chunk.walk().walkedEnd(), "a merged column chunk");
    }

    private void checkEntry(ChunkFacts chunk) {
        findings.errorUnlessEqual("path_in_schema", claims.getPath_in_schema(), leaf.path());
        findings.errorUnlessEqual("num_values", claims.getNum_values(), chunk.total().values);
        long rows = output.metaData().getRow_groups().get(group).getNum_rows();
        findings.errorUnlessEqual("rows of the chunk", chunk.total().rows, rows);
        findings.errorUnless(chunk.pages().isEmpty() || !chunk.pages().get(0).startsInsideRow, "begins inside a row");
        findings.errorUnless(!entry.isSetFile_path(), "file_path is set");
        findings.errorUnlessEqual("file_offset", entry.getFile_offset(), 0L);
        findings.errorUnless(!claims.isSetIndex_page_offset(), "index_page_offset is set");
        findings.errorUnless(!claims.isSetGeospatial_statistics(), "geospatial_statistics are carried on");
        findings.errorUnlessEqual("key_value_metadata", claims.getKey_value_metadata(), commonKeyValues());
        checkOffsets(chunk);
    }

    private void checkOffsets(ChunkFacts chunk) {
        List<PageInfo> data = chunk.walk().dataPages();
        Long dictionary = chunk.walk().dictionaryPage().map(PageInfo::offset).orElse(null);
        Long claimed = claims.isSetDictionary_page_offset() ? claims.getDictionary_page_offset() : null;
        findings.errorUnlessEqual("dictionary_page_offset", claimed, dictionary);
        if (!data.isEmpty()) {
            findings.errorUnlessEqual(
                    "data_page_offset",
                    claims.getData_page_offset(),
                    data.get(0).offset());
        }
        long compressed = chunk.walk().walkedEnd() - chunk.walk().start();
        findings.errorUnlessEqual("total_compressed_size", claims.getTotal_compressed_size(), compressed);
        long uncompressed = MergedGroupAudit.uncompressed(chunk.walk().pages());
        findings.errorUnlessEqual("total_uncompressed_size", claims.getTotal_uncompressed_size(), uncompressed);
    }

    /** The chunks' own pairs, where all sources have the same. */
    private List<KeyValue> commonKeyValues() {
        List<KeyValue> common = null;
        for (int i = 0; i < origin.sources().length; i++) {
            List<KeyValue> own =
                    source.chunkMetaData(origin.sources()[i], leaf.index()).getKey_value_metadata();
            if (i > 0 && !Objects.equals(own, common)) {
                return null;
            }
            common = own;
        }
        return common;
    }

    private void checkStatistics(ChunkFacts chunk, Set<ByteBuffer> distinct, MovedPages moved) {
        StatisticsAudit audit = new StatisticsAudit(chunk, findings, true);
        if (claims.isSetStatistics()) {
            Statistics statistics = claims.getStatistics();
            audit.check("statistics", statistics, chunk.total());
            if (statistics.isSetDistinct_count()) {
                findings.errorUnlessEqual("distinct_count", statistics.getDistinct_count(), (long) distinct.size());
            }
        }
        for (PageFacts page : chunk.pages()) {
            Statistics statistics = page.page.header().isSetData_page_header()
                    ? page.page.header().getData_page_header().getStatistics()
                    : page.page.header().getData_page_header_v2().getStatistics();
            if (statistics != null) {
                boolean made = !moved.contains(output, page.page);
                new StatisticsAudit(chunk, findings, made).check("page at " + page.page.offset(), statistics, page);
            }
        }
    }
}
