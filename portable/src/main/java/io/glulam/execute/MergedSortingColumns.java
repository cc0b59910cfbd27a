package io.glulam.execute;

import io.glulam.footer.Footer;
import io.glulam.format.SortingColumn;
import io.glulam.format.Statistics;
import io.glulam.source.SourceFile;
import io.glulam.statistics.SortingColumnsMerger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The {@code sorting_columns} of a merged row group. */
final class MergedSortingColumns {
    private MergedSortingColumns() {}

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
     * Returns the columns; none if no order is declared or proven.
     *
     * @param believed what may be believed of the sources' statistics of the column that they are sorted by first
     */
    static List<SortingColumn> merged(SourceFile file, int[] sources, List<@Nullable Statistics> believed) {
        Footer footer = file.footer();
        SortingColumnsMerger merger = new SortingColumnsMerger(footer.schema().leaves());
        for (int i = 0; i < sources.length; i++) {
            merger.add(
                    footer.sortingColumns(sources[i]),
                    believed.get(i),
                    file.trust(sources[i]),
                    footer.rows(sources[i]));
        }
        return merger.merged();
    }
}
