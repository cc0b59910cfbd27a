package io.glulam.testkit.audit;

import io.glulam.testkit.lint.Findings;
import io.glulam.testkit.read.ChunkPages;
import io.glulam.testkit.read.PageInfo;
import io.glulam.testkit.read.ParquetFile;
import java.util.List;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.SortingColumn;

/** The footer's entry of a merged row group, without its chunks. */
final class MergedGroupAudit {
    private final ParquetFile source;
    private final ParquetFile output;
    private final int group;
    private final Origin origin;
    private final RowGroup entry;
    private final Findings findings;

    MergedGroupAudit(ParquetFile source, ParquetFile output, int group, Origin origin, Findings findings) {
        this.source = source;
        this.output = output;
        this.group = group;
        this.origin = origin;
        this.entry = output.metaData().getRow_groups().get(group);
        this.findings = findings;
    }

    void check() {
        long rows = 0;
        for (int number : origin.sources()) {
            RowGroup before = source.metaData().getRow_groups().get(number);
            rows += before.getNum_rows();
            checkSorting(before);
        }
        findings.errorUnlessEqual("num_rows", entry.getNum_rows(), rows);
        checkSizes();
    }

    /** What was not declared of every source is not declared of the whole. */
    private void checkSorting(RowGroup before) {
        if (!entry.isSetSorting_columns()) {
            return;
        }
        List<SortingColumn> declared = before.isSetSorting_columns() ? before.getSorting_columns() : List.of();
        int count = entry.getSorting_columnsSize();
        findings.errorUnless(count > 0, "sorting_columns without a column");
        findings.errorUnless(
                count <= declared.size() && declared.subList(0, count).equals(entry.getSorting_columns()),
                "sorting_columns are no prefix of a source's");
    }

    private void checkSizes() {
        long uncompressed = 0;
        long compressed = 0;
        long start = 0;
        long end = 0;
        for (int leaf = 0; leaf < output.leaves().size(); leaf++) {
            ChunkPages pages = output.pages(group, leaf);
            compressed += pages.walkedEnd() - pages.start();
            uncompressed += uncompressed(pages.pages());
            start = start == 0 && pages.walkedEnd() > pages.start() ? pages.start() : start;
            findings.errorUnless(
                    pages.start() >= end, "chunk of column " + leaf + " lies before the one in front of it");
            end = pages.walkedEnd();
        }
        findings.errorUnlessEqual("total_byte_size", entry.getTotal_byte_size(), uncompressed);
        findings.errorUnless(entry.isSetTotal_compressed_size(), "total_compressed_size is absent");
        findings.errorUnlessEqual("total_compressed_size", entry.getTotal_compressed_size(), compressed);
        findings.errorUnlessEqual("file_offset", entry.getFile_offset(), start);
    }

    static long uncompressed(List<PageInfo> pages) {
        return pages.stream()
                .mapToLong(page -> (long) page.headerSize() + page.uncompressedSize())
                .sum();
    }
}
