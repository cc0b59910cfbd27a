package io.glulam.execute;

import io.glulam.footer.Footer;
import io.glulam.format.Leaf;
import io.glulam.format.SortingColumn;
import io.glulam.format.Statistics;
import io.glulam.format.ThriftReader;
import io.glulam.format.ThriftWriter;
import io.glulam.source.SourceFile;
import io.glulam.statistics.SortingColumnsMerger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The {@code sorting_columns} of a merged row group. */
final class SortingColumnsOf {
    private SortingColumnsOf() {}

    /** The leaf that all sources declare to be sorted by first; -1 if they do not. */
    static int first(Footer footer, int[] sources) {
        int first = -1;
        for (int rowGroup : sources) {
            List<SortingColumn> declared = footer.sortingColumns(rowGroup);
            int leaf = declared.isEmpty() ? -1 : declared.get(0).leaf();
            if (leaf < 0 || rowGroup != sources[0] && leaf != first) {
                return -1;
            }
            first = leaf;
        }
        return first;
    }

    /**
     * The raw Thrift list; null if no order is declared or proven.
     *
     * @param believed what may be believed of the sources' statistics of the column that they are sorted by first
     */
    static byte @Nullable [] merged(SourceFile file, int[] sources, List<@Nullable Statistics> believed) {
        Footer footer = file.footer();
        List<Leaf> leaves = footer.schema().leaves();
        SortingColumnsMerger merger = new SortingColumnsMerger(leaves);
        for (int i = 0; i < sources.length; i++) {
            merger.add(
                    footer.sortingColumns(sources[i]),
                    believed.get(i),
                    file.trust(sources[i]),
                    footer.rows(sources[i]));
        }
        List<SortingColumn> merged = merger.merged();
        return merged.isEmpty() ? null : write(merged);
    }

    private static byte[] write(List<SortingColumn> columns) {
        ThriftWriter out = new ThriftWriter(64);
        out.listHeader(ThriftReader.STRUCT, columns.size());
        for (SortingColumn column : columns) {
            int outer = out.enterStruct();
            out.i32Field(1, column.leaf());
            out.booleanField(2, column.descending());
            out.booleanField(3, column.nullsFirst());
            out.leaveStruct(outer);
        }
        return out.toByteArray();
    }
}
