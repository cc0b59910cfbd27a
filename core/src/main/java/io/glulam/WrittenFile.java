package io.glulam;

import io.glulam.ShapedReport.ColumnFacts;
import io.glulam.adapt.CutPages;
import io.glulam.footer.ChunkEntries;
import io.glulam.footer.Footer;
import io.glulam.format.ColumnChunk;
import io.glulam.format.Leaf;
import io.glulam.format.PhysicalType;
import io.glulam.format.Schema;
import io.glulam.format.Statistics;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.function.ObjLongConsumer;

/** Collects what a table's metadata needs from the footer of a new file. For one file; not thread-safe. */
final class WrittenFile implements ObjLongConsumer<Footer> {
    private long rows;
    private long bytes;
    private final List<Long> starts = new ArrayList<>();
    private final List<ColumnFacts> columns = new ArrayList<>();
    private final Set<Integer> filtered;

    /** @param filtered field ids of columns that the table asks bloom filters for */
    WrittenFile(Set<Integer> filtered) {
        this.filtered = filtered;
    }

    /** @param size bytes of the file */
    @Override
    public void accept(Footer footer, long size) {
        rows = footer.rowCount();
        bytes = size;
        Schema schema = footer.schema();
        int leaves = schema.leaves().size();
        long[] compressed = new long[leaves];
        long[] values = new long[leaves];
        long[] nulls = new long[leaves];
        BitSet[] unfiltered = new BitSet[leaves];
        Arrays.setAll(unfiltered, k -> new BitSet());
        WrittenBounds[] bounds =
                schema.leaves().stream().map(WrittenBounds::new).toArray(WrittenBounds[]::new);
        for (int i = 0; i < footer.rowGroupCount(); i++) {
            long start = Long.MAX_VALUE;
            ChunkEntries entries = footer.entries().start(i);
            for (int k = 0; k < leaves; k++) {
                ColumnChunk chunk = entries.next();
                compressed[k] += chunk.compressedSize();
                values[k] += chunk.valueCount();
                Statistics statistics = chunk.statistics();
                long own = statistics == null ? -1 : statistics.nullCount();
                nulls[k] = own < 0 || nulls[k] < 0 ? -1 : nulls[k] + own;
                bounds[k].add(chunk.valueCount(), statistics);
                unfiltered[k].set(i, chunk.valueCount() > 0 && chunk.bloomFilterOffset() <= 0);
                start = chunk.valueCount() > 0 ? Math.min(start, chunk.start()) : start;
            }
            if (start < Long.MAX_VALUE) {
                starts.add(start);
            }
        }
        for (Leaf leaf : schema.leaves()) {
            int k = leaf.index();
            Integer id = schema.node(leaf).fieldId();
            List<Integer> without = id != null && filtered.contains(id) && leaf.type() != PhysicalType.BOOLEAN
                    ? unfiltered[k].stream().boxed().toList()
                    : List.of();
            columns.add(
                    new ColumnFacts(leaf.path(), id, compressed[k], values[k], nulls[k], bounds[k].result(), without));
        }
    }

    ShapedReport report(
            CompactionReport compaction,
            List<Long> inputRows,
            long deletedRows,
            CutPages cutPages,
            List<String> dropped) {
        return new ShapedReport(compaction, rows, bytes, starts, columns, inputRows, deletedRows, cutPages, dropped);
    }
}
