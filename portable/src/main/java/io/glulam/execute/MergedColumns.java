package io.glulam.execute;

import io.glulam.format.ColumnChunk;
import io.glulam.format.SizeStatistics;
import io.glulam.format.SortingColumn;
import io.glulam.format.Statistics;
import io.glulam.plan.OutputGroup.MergedGroup;
import io.glulam.source.FragmentChunk;
import io.glulam.source.SourceFile;
import io.glulam.splice.ChunkBuilder;
import io.glulam.splice.MergedChunk;
import io.glulam.splice.SurveyedColumn;
import io.glulam.statistics.BloomFilter;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The column chunks of a merged row group, in schema order as they are written. Used by the writer's thread. */
final class MergedColumns {
    private final SourceFile file;
    private final MergedGroup group;
    private final CarriedClaims carried;
    private final DroppedAids aids;
    private final int[] sources;
    private final int sortedBy;
    private List<SortingColumn> sortingColumns = List.of();
    private int chunks;

    /**
     * @param carried in which columns other row groups carry on claims of the source that the run does not count
     * @param aids hears which statistics are left out
     */
    MergedColumns(SourceFile file, MergedGroup group, CarriedClaims carried, DroppedAids aids) {
        this.file = file;
        this.group = group;
        this.carried = carried;
        this.aids = aids;
        this.sources = group.sources().toArray();
        this.sortedBy = MergedSortingColumns.first(file.footer(), sources);
    }

    /**
     * Adds the next chunk; with the last one, the row group is written.
     *
     * @param statistics of the whole chunk; null for none
     * @param sizes of the whole chunk; null for none
     * @param end of its last byte in the output
     */
    void add(
            SurveyedColumn column,
            ChunkBuilder builder,
            @Nullable Statistics statistics,
            @Nullable SizeStatistics sizes,
            @Nullable BloomFilter bloomFilter,
            WrittenRowGroups written,
            long end) {
        ColumnChunk chunk = builder.chunk(end, stated(column, statistics), sizes, keyValues(column.fragments()));
        if (column.leaf().index() == sortedBy) {
            MergedClaims claims = new MergedClaims(column);
            sortingColumns = MergedSortingColumns.merged(file, sources, claims.statisticsOfFragments());
        }
        written.add(
                column.leaf(),
                new MergedChunk(
                        chunk,
                        builder.columnIndex(),
                        builder.offsetIndex(),
                        bloomFilter,
                        column.pageCount(),
                        builder.pageCount()));
        chunks++;
        addIfComplete(written, end);
    }

    private @Nullable Statistics stated(SurveyedColumn column, @Nullable Statistics statistics) {
        if (carried.areUnproven(column.leaf())) {
            return null;
        }
        return carried.areBeside(group, column.leaf())
                ? UnitedStatistics.limited(statistics, column, carried, aids)
                : statistics;
    }

    /** The row group is written if all its chunks are. */
    void addIfComplete(WrittenRowGroups written, long end) {
        if (chunks == group.columns().size()) {
            written.add(new OutputRowGroup.Merged(group.rows(), sortingColumns), end);
        }
    }

    /** The chunks' own key-value metadata where all say the same. */
    private static byte @Nullable [] keyValues(List<FragmentChunk> fragments) {
        byte[] first = fragments.get(0).chunk().keyValueMetadata();
        for (FragmentChunk fragment : fragments) {
            if (!Arrays.equals(first, fragment.chunk().keyValueMetadata())) {
                return null;
            }
        }
        return first;
    }
}
