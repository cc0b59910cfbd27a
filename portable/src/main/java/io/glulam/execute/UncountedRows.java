package io.glulam.execute;

import io.glulam.format.Leaf;
import io.glulam.plan.RowGroups;
import io.glulam.planning.SurveyCache;
import io.glulam.splice.PageRows;
import io.glulam.splice.RowCounter;
import io.glulam.splice.SurveyedColumn;
import java.util.ArrayList;
import java.util.List;

/**
 * The merged column chunks that have pages whose rows nothing in the source tells of. These pages move without a look at
 * their levels, and only the verification counts their rows, in what was written. Where it fails, this tells whether the
 * source is to blame.
 */
final class UncountedRows {
    private final List<MergedFrom> chunks = new ArrayList<>();

    private record MergedFrom(RowGroups sources, Leaf leaf) {}

    /** Adds a merged chunk. */
    void add(RowGroups sources, Leaf leaf) {
        chunks.add(new MergedFrom(sources, leaf));
    }

    /**
     * Counts the rows of these chunks in the source.
     *
     * @throws io.glulam.error.GlulamException if the source cannot be read, or its rows are not those of its row groups
     */
    void requireRowsOfSource(SurveyCache surveys) {
        for (MergedFrom chunk : chunks) {
            requireRows(surveys.take(chunk.sources(), chunk.leaf()));
        }
    }

    private static void requireRows(SurveyedColumn column) {
        PageRows rows = new PageRows(column);
        try (RowCounter counter = new RowCounter(column, rows)) {
            counter.count(0, column.pageCount());
        }
        rows.requireRowsOfRowGroups();
    }
}
