package io.glulam.testkit.audit;

import io.glulam.testkit.lint.ChunkFacts;
import io.glulam.testkit.lint.Findings;
import io.glulam.testkit.lint.PageFacts;
import io.glulam.testkit.lint.ValueOrder;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.parquet.format.BoundaryOrder;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnIndex;
import org.apache.parquet.format.OffsetIndex;
import org.apache.parquet.format.PageLocation;
import org.apache.parquet.format.Type;

/** Column index and offset index of a merged chunk: of all pages, and true of each. */
final class IndexAudit {
    private final ChunkFacts chunk;
    private final ColumnChunk entry;
    private final Coverage coverage;
    private final Findings findings;
    private final StatisticsAudit bounds;

    IndexAudit(ChunkFacts chunk, Coverage coverage, Findings findings) {
        this.chunk = chunk;
        this.entry = chunk.file().chunk(chunk.rowGroup(), chunk.leaf().index());
        this.coverage = coverage;
        this.findings = findings;
        this.bounds = new StatisticsAudit(chunk, findings, true);
    }

    void check() {
        Optional<ColumnIndex> columnIndex =
                chunk.file().columnIndex(chunk.rowGroup(), chunk.leaf().index());
        Optional<OffsetIndex> offsetIndex =
                chunk.file().offsetIndex(chunk.rowGroup(), chunk.leaf().index());
        findings.errorUnless(
                columnIndex.isEmpty() || offsetIndex.isPresent(), "a column index without an offset index");
        columnIndex.ifPresent(this::checkColumnIndex);
        offsetIndex.ifPresent(this::checkOffsetIndex);
    }

    private void checkOffsetIndex(OffsetIndex index) {
        cover(entry.getOffset_index_offset(), entry.getOffset_index_length(), "an offset index");
        List<PageLocation> expected = new ArrayList<>();
        long previous = -1;
        for (PageFacts page : chunk.pages()) {
            int size = Math.toIntExact(page.page.end() - page.page.offset());
            expected.add(new PageLocation(page.page.offset(), size, page.firstRow));
            findings.errorUnless(!page.startsInsideRow, "an offset index, though a page begins inside a row");
            findings.errorUnless(page.firstRow > previous, "first rows do not increase at row " + page.firstRow);
            previous = page.firstRow;
        }
        findings.errorUnlessEqual("offset index", index.getPage_locations(), expected);
        if (index.isSetUnencoded_byte_array_data_bytes()) {
            boolean sized = chunk.leaf().element().getType() == Type.BYTE_ARRAY;
            findings.errorUnless(sized, "offset index: unencoded_byte_array_data_bytes of values of one length");
            findings.errorUnlessEqual(
                    "offset index: unencoded_byte_array_data_bytes",
                    index.getUnencoded_byte_array_data_bytes(),
                    perPage(page -> page.valueBytes));
        }
    }

    private void checkColumnIndex(ColumnIndex index) {
        cover(entry.getColumn_index_offset(), entry.getColumn_index_length(), "a column index");
        int pages = chunk.pages().size();
        findings.errorUnlessEqual("null_pages", index.getNull_pages(), perPage(PageFacts::allNull));
        findings.errorUnless(chunk.order() != ValueOrder.NONE, "a column index without an order");
        if (index.getMin_valuesSize() != pages || index.getMax_valuesSize() != pages) {
            findings.error("bounds of " + index.getMin_valuesSize() + " and " + index.getMax_valuesSize()
                    + " pages, of " + pages);
            return;
        }
        for (int i = 0; i < pages && chunk.order() != ValueOrder.NONE; i++) {
            checkBounds(index, i);
        }
        checkCounts(index);
    }

    private void checkBounds(ColumnIndex index, int i) {
        PageFacts page = chunk.pages().get(i);
        byte[] min = bytes(index.getMin_values(), i);
        byte[] max = bytes(index.getMax_values(), i);
        if (page.allNull()) {
            findings.errorUnless(min.length == 0 && max.length == 0, "bounds of the null page " + i);
        } else {
            bounds.checkPair("column index, page " + i, min, max, page);
            bounds.checkZeros("column index, page " + i, min, max);
        }
    }

    private void checkCounts(ColumnIndex index) {
        findings.errorUnlessEqual("boundary_order", index.getBoundary_order(), boundaryOrder(index));
        checkCounts("null_counts", index.getNull_counts(), perPage(page -> page.nulls));
        checkCounts("nan_counts", index.getNan_counts(), perPage(page -> page.nans));
        checkCounts(
                "repetition_level_histograms",
                index.getRepetition_level_histograms(),
                histograms(page -> page.repetitionHistogram));
        checkCounts(
                "definition_level_histograms",
                index.getDefinition_level_histograms(),
                histograms(page -> page.definitionHistogram));
    }

    private void checkCounts(String what, List<Long> claimed, List<Long> actual) {
        if (claimed != null && !claimed.isEmpty()) {
            findings.errorUnlessEqual("column index: " + what, claimed, actual);
        }
    }

    private <T> List<T> perPage(Function<PageFacts, T> fact) {
        return chunk.pages().stream().map(fact).toList();
    }

    private List<Long> histograms(Function<PageFacts, long[]> fact) {
        return chunk.pages().stream()
                .flatMap(page -> Arrays.stream(fact.apply(page)).boxed())
                .toList();
    }

    /** Of the bounds as they stand; ascending where every order fits. */
    private BoundaryOrder boundaryOrder(ColumnIndex index) {
        boolean ascending = true;
        boolean descending = true;
        int previous = -1;
        for (int i = 0; i < chunk.pages().size(); i++) {
            if (chunk.pages().get(i).allNull()) {
                continue;
            }
            if (previous >= 0) {
                int min = compare(index.getMin_values(), previous, i);
                int max = compare(index.getMax_values(), previous, i);
                ascending &= min <= 0 && max <= 0;
                descending &= min >= 0 && max >= 0;
            }
            previous = i;
        }
        return ascending ? BoundaryOrder.ASCENDING : descending ? BoundaryOrder.DESCENDING : BoundaryOrder.UNORDERED;
    }

    private int compare(List<ByteBuffer> list, int left, int right) {
        byte[] a = bytes(list, left);
        byte[] b = bytes(list, right);
        ValueOrder order = chunk.order();
        boolean comparable = order != ValueOrder.NONE
                && order.accepts(a, chunk.leaf().element())
                && order.accepts(b, chunk.leaf().element());
        return comparable ? order.compare(a, b) : 0;
    }

    private void cover(long offset, int length, String what) {
        coverage.add(offset, offset + length, what);
    }

    private static byte[] bytes(List<ByteBuffer> list, int index) {
        ByteBuffer buffer = list.get(index).duplicate();
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }
}
