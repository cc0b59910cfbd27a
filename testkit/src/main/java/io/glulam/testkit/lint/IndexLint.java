package io.glulam.testkit.lint;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.format.BoundaryOrder;
import org.apache.parquet.format.ColumnIndex;
import org.apache.parquet.format.OffsetIndex;
import org.apache.parquet.format.PageLocation;
import org.apache.parquet.format.Type;

/** Column index and offset index of a chunk. */
final class IndexLint {
    private final ChunkFacts chunk;
    private final BoundsLint bounds;
    private final Findings findings;

    IndexLint(ChunkFacts chunk, BoundsLint bounds, Findings findings) {
        this.chunk = chunk;
        this.bounds = bounds;
        this.findings = findings;
    }

    void checkOffsetIndex(OffsetIndex index) {
        List<PageLocation> locations = index.getPage_locations();
        if (locations.size() != chunk.pages().size()) {
            findings.error("offset index of " + locations.size() + " pages for "
                    + chunk.pages().size());
            return;
        }
        long previousRow = -1;
        for (int i = 0; i < locations.size(); i++) {
            PageFacts page = chunk.pages().get(i);
            PageLocation location = locations.get(i);
            String what = "offset index, page " + i + ": ";
            findings.errorUnlessEqual(what + "offset", location.getOffset(), page.page.offset());
            findings.errorUnlessEqual(
                    what + "compressed_page_size",
                    (long) location.getCompressed_page_size(),
                    page.page.end() - page.page.offset());
            findings.errorUnlessEqual(what + "first_row_index", location.getFirst_row_index(), page.firstRow);
            findings.errorUnless(!page.startsInsideRow, what + "begins inside a row");
            findings.warningUnless(location.getFirst_row_index() > previousRow, what + "first row does not increase");
            previousRow = location.getFirst_row_index();
        }
        if (index.isSetUnencoded_byte_array_data_bytes()) {
            checkPageBytes(index.getUnencoded_byte_array_data_bytes());
        }
    }

    private void checkPageBytes(List<Long> claimed) {
        if (chunk.leaf().element().getType() == Type.BYTE_ARRAY) {
            List<Long> actual =
                    chunk.pages().stream().map(page -> page.valueBytes).toList();
            findings.errorUnlessEqual("offset index unencoded_byte_array_data_bytes", claimed, actual);
        }
    }

    void checkColumnIndex(ColumnIndex index) {
        int pages = chunk.pages().size();
        if (index.getNull_pages().size() != pages
                || index.getMin_values().size() != pages
                || index.getMax_values().size() != pages
                || index.isSetNull_counts() && index.getNull_counts().size() != pages) {
            findings.error("column index of " + index.getNull_pages().size() + " pages, or uneven lists, for " + pages);
            return;
        }
        for (int i = 0; i < pages; i++) {
            checkEntry(index, i, chunk.pages().get(i));
        }
        checkBoundaryOrder(index);
        checkHistograms(
                "column index repetition_level_histograms",
                index.getRepetition_level_histograms(),
                chunk.pages().stream().map(page -> page.repetitionHistogram).toList());
        checkHistograms(
                "column index definition_level_histograms",
                index.getDefinition_level_histograms(),
                chunk.pages().stream().map(page -> page.definitionHistogram).toList());
    }

    private void checkEntry(ColumnIndex index, int i, PageFacts page) {
        String what = "column index, page " + i;
        findings.errorUnlessEqual(what + " null_pages", index.getNull_pages().get(i), page.allNull());
        if (index.isSetNull_counts()) {
            findings.errorUnlessEqual(
                    what + " null_counts", index.getNull_counts().get(i), page.nulls);
        }
        if (index.isSetNan_counts() && chunk.order().isFloating()) {
            findings.errorUnlessEqual(
                    what + " nan_counts", index.getNan_counts().get(i), page.nans);
        }
        if (!page.allNull() && !page.allNaN()) {
            bounds.checkBounds(what, bytes(index.getMin_values(), i), bytes(index.getMax_values(), i), page);
        }
    }

    private void checkBoundaryOrder(ColumnIndex index) {
        ValueOrder order = chunk.order();
        BoundaryOrder claimed = index.getBoundary_order();
        if (claimed == BoundaryOrder.UNORDERED || order == ValueOrder.NONE) {
            return;
        }
        int sign = claimed == BoundaryOrder.ASCENDING ? 1 : -1;
        int previous = -1;
        for (int i = 0; i < index.getNull_pages().size(); i++) {
            if (index.getNull_pages().get(i)) {
                continue;
            }
            if (previous >= 0
                    && (sign * compare(order, index.getMin_values(), previous, i) > 0
                            || sign * compare(order, index.getMax_values(), previous, i) > 0)) {
                findings.error("column index is not " + claimed + " from page " + previous + " to " + i);
                return;
            }
            previous = i;
        }
    }

    private int compare(ValueOrder order, List<ByteBuffer> bounds, int left, int right) {
        byte[] a = bytes(bounds, left);
        byte[] b = bytes(bounds, right);
        boolean comparable = order.accepts(a, chunk.leaf().element())
                && order.accepts(b, chunk.leaf().element())
                && !order.isNaN(a)
                && !order.isNaN(b);
        return comparable ? order.compare(a, b) : 0;
    }

    private void checkHistograms(String what, List<Long> claimed, List<long[]> pages) {
        if (claimed == null || claimed.isEmpty()) {
            return;
        }
        List<Long> actual = new ArrayList<>();
        for (long[] page : pages) {
            for (long count : page) {
                actual.add(count);
            }
        }
        findings.errorUnlessEqual(what, claimed, actual);
    }

    private static byte[] bytes(List<ByteBuffer> list, int index) {
        ByteBuffer buffer = list.get(index).duplicate();
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }
}
