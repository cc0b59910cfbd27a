package io.glulam.adapt;

import io.glulam.error.GlulamException;
import io.glulam.error.Place;
import io.glulam.format.ColumnChunk;
import io.glulam.format.Leaf;
import io.glulam.schema.ColumnFit;
import io.glulam.source.SourceFile;
import io.glulam.storage.RangeSpool;

/** Makes the column chunks of a source that have to fit another schema. Keeps one page in memory. Not thread-safe. */
public final class ChunkAdapter {
    private final SourceFile file;
    private final ChunkSink sink;
    private final RangeSpool.Factory spools;
    private int countedRowGroups;
    private long countedRows;

    /** @param spools makes places for pages that have to wait */
    public ChunkAdapter(SourceFile file, ChunkSink sink, RangeSpool.Factory spools) {
        this.file = file;
        this.sink = sink;
        this.spools = spools;
    }

    /**
     * Makes the chunk of a column, its page index included.
     *
     * @param bloomFilterOffset where the bloom filter of the source's chunk lies beside the made chunk; 0 for none
     * @return its footer entry
     * @throws io.glulam.error.CorruptFile if the source's pages cannot be read
     * @throws io.glulam.error.Unsupported if their codec or encoding is unknown, or a page does not fit the memory
     */
    public ColumnChunk adapt(int rowGroup, AdaptedColumn column, long bloomFilterOffset) {
        Leaf leaf = file.footer().schema().leaves().get(column.fit().column());
        try {
            SourceColumn source = new SourceColumn(file, rowGroup, leaf);
            if (column.fit() instanceof ColumnFit.OtherLevels fit) {
                return new LevelChanger(source, column.target(), fit.levels(), sink).make(bloomFilterOffset);
            }
            if (column.fit() instanceof ColumnFit.Missing fit) {
                return new NullMaker(source, column, fit, sink).make();
            }
            try (RangeSpool spool = spools.create()) {
                return encode(source, column, spool);
            }
        } catch (GlulamException failure) {
            throw failure.within(new Place(file.name(), rowGroup, leaf.name(), -1));
        }
    }

    private ColumnChunk encode(SourceColumn source, AdaptedColumn column, RangeSpool spool) {
        if (column.fit() instanceof ColumnFit.Wider fit) {
            return new Widener(source, column, fit, sink, spool).make();
        }
        long firstRow = firstRow(source.rowGroup());
        if (column.fit() instanceof ColumnFit.Made fit) {
            return new GivenMaker(source, column, fit, firstRow, sink, spool).make();
        }
        if (column.fit() instanceof ColumnFit.Filled fit) {
            return new NullFiller(source, column, fit, firstRow, sink, spool).make();
        }
        throw new IllegalArgumentException("a column that needs no adaptation");
    }

    /** Row groups are asked for in their order. */
    private long firstRow(int rowGroup) {
        for (; countedRowGroups < rowGroup; countedRowGroups++) {
            countedRows = Math.addExact(countedRows, file.footer().rows(countedRowGroups));
        }
        return countedRows;
    }

    /**
     * Whether a column chunk of a column of the root has a null.
     *
     * @throws io.glulam.error.CorruptFile if its pages cannot be read
     */
    public boolean hasNulls(int rowGroup, int column) {
        Leaf leaf = file.footer().schema().leaves().get(column);
        int max = leaf.maxDefinitionLevel();
        int[] same = new int[max + 1];
        for (int i = 0; i <= max; i++) {
            same[i] = i;
        }
        try (LevelPages pages = new LevelPages(new SourceColumn(file, rowGroup, leaf), 0, same)) {
            while (pages.next()) {
                if (pages.definition().countEqual(max) < pages.definition().count()) {
                    return true;
                }
            }
            return false;
        } catch (GlulamException failure) {
            throw failure.within(new Place(file.name(), rowGroup, leaf.name(), -1));
        }
    }
}
