package io.glulam.adapt;

import io.glulam.decode.TripletReader;
import io.glulam.error.GlulamException;
import io.glulam.error.Place;
import io.glulam.error.Unsupported;
import io.glulam.error.VerificationFailed;
import io.glulam.format.ColumnChunk;
import io.glulam.format.Leaf;
import io.glulam.pipeline.Spool;
import io.glulam.schema.ColumnFit;
import io.glulam.shape.DeletedRows;
import io.glulam.source.SourceFile;
import io.glulam.storage.RangeSpool;
import java.util.BitSet;

/**
 * Makes the column chunks of a source that have to fit another schema, or in which rows are deleted. Keeps one page of each
 * chunk that is being made in memory. Row groups are asked for in their order. Thread-safe: chunks of one row group can be
 * made at once.
 */
public final class ChunkAdapter {
    private final SourceFile file;
    private final DeletedRows deleted;
    private final boolean comparesValues;
    private final RangeSpool.Factory spools;
    private int countedRowGroups;
    private long countedRows;
    private int cutRowGroup = -1;
    private BitSet cutRows = new BitSet();

    /**
     * A chunk that was made.
     *
     * @param chunk its footer entry
     * @param cutPages counts of the source's pages, if rows of the chunk are deleted
     */
    public record Adapted(ColumnChunk chunk, CutPages cutPages) {}

    /**
     * @param deleted rows of the source that the chunks do not get
     * @param comparesValues whether every chunk without deleted rows is decoded and held against the source's
     * @param spools makes places for pages that have to wait
     */
    public ChunkAdapter(SourceFile file, DeletedRows deleted, boolean comparesValues, RangeSpool.Factory spools) {
        this.file = file;
        this.deleted = deleted;
        this.comparesValues = comparesValues;
        this.spools = spools;
    }

    /**
     * Returns the rows of a row group that are deleted, counted from its first one.
     *
     * @throws Unsupported if there are some, and the row group has 2³¹ rows or more
     */
    public synchronized BitSet deletedIn(int rowGroup) {
        if (rowGroup == cutRowGroup || deleted.isEmpty()) {
            return cutRows;
        }
        long first = firstRow(rowGroup);
        long rows = file.footer().rows(rowGroup);
        if (rows > Integer.MAX_VALUE && first < deleted.end()) {
            throw new Unsupported(
                    new Place(file.name(), rowGroup, null, -1),
                    "rows are deleted in a row group of " + rows + " rows",
                    "rewrite the file with the table's own engine");
        }
        cutRowGroup = rowGroup;
        cutRows = first < deleted.end() ? deleted.within(first, (int) rows) : new BitSet();
        return cutRows;
    }

    /**
     * Makes the chunk of a column, its page index included.
     *
     * @param bloomFilterOffset where the bloom filter of the source's chunk lies beside the made chunk; 0 for none
     * @param sink takes the chunk, and nothing else meanwhile
     * @throws io.glulam.error.CorruptFile if the source's pages cannot be read
     * @throws io.glulam.error.Unsupported if their codec or encoding is unknown, or a page does not fit the memory
     */
    public Adapted adapt(int rowGroup, AdaptedColumn column, long bloomFilterOffset, ChunkSink sink) {
        Leaf leaf = file.footer().schema().leaves().get(column.fit().column());
        try {
            SourceColumn source = new SourceColumn(file, rowGroup, leaf);
            BitSet cut = deletedIn(rowGroup);
            if (cut.isEmpty()) {
                return new Adapted(adapt(source, column, bloomFilterOffset, sink), CutPages.NONE);
            }
            if (column.fit() instanceof ColumnFit.AsIs) {
                ChunkCutter cutter = new ChunkCutter(source, cut, sink);
                ColumnChunk made = cutter.make(bloomFilterOffset);
                compare(source, MadeColumn.of(source, made, cut, sink), cut);
                return new Adapted(made, cutter.pages());
            }
            return cutAndAdapt(source, column, cut, bloomFilterOffset, sink);
        } catch (GlulamException failure) {
            throw failure.within(new Place(file.name(), rowGroup, leaf.name(), -1));
        }
    }

    private Adapted cutAndAdapt(
            SourceColumn source, AdaptedColumn column, BitSet cut, long bloomFilterOffset, ChunkSink sink) {
        if (needsRowsOnly(column.fit())) {
            long left = source.rows() - cut.cardinality();
            SourceColumn rows = new SourceColumn(file, source.rowGroup(), source.leaf(), source.chunk(), left);
            return new Adapted(adapt(rows, column, bloomFilterOffset, sink), CutPages.NONE);
        }
        try (ChunkSink spooled = new ChunkSink(new Spool(0, spools), ChunkSink.FIRST_OFFSET)) {
            ChunkCutter cutter = new ChunkCutter(source, cut, spooled);
            SourceColumn left = MadeColumn.of(source, cutter.make(bloomFilterOffset), cut, spooled);
            compare(source, left, cut);
            return new Adapted(
                    adapt(left, column, bloomFilterOffset, sink),
                    column.fit().hasValues() ? cutter.pages() : CutPages.NONE);
        }
    }

    private static boolean needsRowsOnly(ColumnFit fit) {
        if (fit instanceof ColumnFit.Missing missing) {
            return LevelPages.isOneARow(missing.maxRepetitionLevel(), missing.levels());
        }
        return fit instanceof ColumnFit.Made made && LevelPages.isOneARow(made.maxRepetitionLevel(), made.levels());
    }

    private ColumnChunk adapt(SourceColumn source, AdaptedColumn column, long bloomFilterOffset, ChunkSink sink) {
        if (column.fit() instanceof ColumnFit.OtherLevels fit) {
            return new LevelChanger(source, column.target(), fit.levels(), sink).make(bloomFilterOffset);
        }
        if (column.fit() instanceof ColumnFit.Missing fit) {
            return new NullMaker(source, column, fit, sink).make();
        }
        try (RangeSpool spool = spools.create()) {
            return encode(source, column, sink, spool);
        }
    }

    private ColumnChunk encode(SourceColumn source, AdaptedColumn column, ChunkSink sink, RangeSpool spool) {
        if (column.fit() instanceof ColumnFit.Wider fit) {
            return new Widener(source, column, fit, sink, spool).make();
        }
        BitSet cut = deletedIn(source.rowGroup());
        long firstRow = firstRow(source.rowGroup());
        if (column.fit() instanceof ColumnFit.Made fit) {
            return new GivenMaker(source, column, fit, firstRow, cut, sink, spool).make();
        }
        if (column.fit() instanceof ColumnFit.Filled fit) {
            return new NullFiller(source, column, fit, firstRow, cut, sink, spool).make();
        }
        throw new IllegalArgumentException("a column that needs no adaptation");
    }

    private synchronized long firstRow(int rowGroup) {
        for (; countedRowGroups < rowGroup; countedRowGroups++) {
            countedRows = Math.addExact(countedRows, file.footer().rows(countedRowGroups));
        }
        return countedRows;
    }

    /** Decodes both, if that was asked for. */
    private void compare(SourceColumn source, SourceColumn made, BitSet cut) {
        if (!comparesValues) {
            return;
        }
        try (TripletReader before = source.triplets();
                TripletReader after = made.triplets()) {
            boolean same = true;
            for (int row = -1; same && before.next(); ) {
                row += before.repetitionLevel() == 0 ? 1 : 0;
                same = cut.get(row) || after.next() && before.sameTriplet(after);
            }
            if (!same || after.next()) {
                throw new VerificationFailed(
                        Place.UNKNOWN, "the column without deleted rows does not hold what the others have");
            }
        }
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
        try (LevelPages levels = new LevelPages(new SourceColumn(file, rowGroup, leaf), 0, same)) {
            while (levels.next()) {
                if (levels.definition().countEqual(max) < levels.definition().count()) {
                    return true;
                }
            }
            return false;
        } catch (GlulamException failure) {
            throw failure.within(new Place(file.name(), rowGroup, leaf.name(), -1));
        }
    }
}
