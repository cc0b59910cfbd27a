package io.glulam.adapt;

import io.glulam.decode.TripletReader;
import io.glulam.error.GlulamException;
import io.glulam.error.Place;
import io.glulam.error.Unsupported;
import io.glulam.error.VerificationFailed;
import io.glulam.format.ColumnChunk;
import io.glulam.format.Leaf;
import io.glulam.schema.ColumnFit;
import io.glulam.shape.DeletedRows;
import io.glulam.source.SourceChunk;
import io.glulam.source.SourceFile;
import io.glulam.storage.RangeSpool;
import java.util.BitSet;

/**
 * Makes the column chunks of a source that have to fit another schema, or in which rows are deleted. Keeps one page in
 * memory. Not thread-safe.
 */
public final class ChunkAdapter {
    private final SourceFile file;
    private final DeletedRows deleted;
    private final boolean comparesValues;
    private final ChunkSink sink;
    private final RangeSpool.Factory spools;
    private int countedRowGroups;
    private long countedRows;
    private int cutRowGroup = -1;
    private BitSet cutRows = new BitSet();
    private CutPages pages = CutPages.NONE;

    /**
     * @param deleted rows of the source that the chunks do not get
     * @param comparesValues whether every chunk without deleted rows is decoded and held against the source's
     * @param spools makes places for pages that have to wait
     */
    public ChunkAdapter(
            SourceFile file, DeletedRows deleted, boolean comparesValues, ChunkSink sink, RangeSpool.Factory spools) {
        this.file = file;
        this.deleted = deleted;
        this.comparesValues = comparesValues;
        this.sink = sink;
        this.spools = spools;
    }

    /** What became of the pages of chunks in which rows are deleted, so far. */
    public CutPages cutPages() {
        return pages;
    }

    /**
     * Returns the rows of a row group that are deleted, counted from its first one. Row groups are asked for in their order.
     *
     * @throws Unsupported if there are some, and the row group has 2³¹ rows or more
     */
    public BitSet deletedIn(int rowGroup) {
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
     * @return its footer entry
     * @throws io.glulam.error.CorruptFile if the source's pages cannot be read
     * @throws io.glulam.error.Unsupported if their codec or encoding is unknown, or a page does not fit the memory
     */
    public ColumnChunk adapt(int rowGroup, AdaptedColumn column, long bloomFilterOffset) {
        Leaf leaf = file.footer().schema().leaves().get(column.fit().column());
        try {
            SourceColumn source = new SourceColumn(file, rowGroup, leaf);
            BitSet cut = deletedIn(rowGroup);
            if (cut.isEmpty()) {
                return adapt(source, column, bloomFilterOffset);
            }
            if (column.fit() instanceof ColumnFit.AsIs) {
                ChunkCutter cutter = new ChunkCutter(source, cut, sink);
                ColumnChunk made = cutter.make(bloomFilterOffset);
                compare(source, CutColumn.made(source, made, cut, sink), cut);
                pages = pages.plus(cutter.pages());
                return made;
            }
            return cutAndAdapt(source, column, cut, bloomFilterOffset);
        } catch (GlulamException failure) {
            throw failure.within(new Place(file.name(), rowGroup, leaf.name(), -1));
        }
    }

    private ColumnChunk cutAndAdapt(SourceColumn source, AdaptedColumn column, BitSet cut, long bloomFilterOffset) {
        if (needsRowsOnly(column.fit())) {
            long left = source.rows() - cut.cardinality();
            return adapt(
                    new SourceColumn(file, source.rowGroup(), source.leaf(), source.chunk(), left),
                    column,
                    bloomFilterOffset);
        }
        try (CutColumn spooled = new CutColumn(spools.create())) {
            ChunkCutter cutter = new ChunkCutter(source, cut, spooled);
            SourceColumn left = spooled.cut(cutter, source, cut, bloomFilterOffset);
            compare(source, left, cut);
            if (column.fit().hasValues()) {
                pages = pages.plus(cutter.pages());
            }
            return adapt(left, column, bloomFilterOffset);
        }
    }

    private static boolean needsRowsOnly(ColumnFit fit) {
        if (fit instanceof ColumnFit.Missing missing) {
            return LevelPages.isOneARow(missing.maxRepetitionLevel(), missing.levels());
        }
        return fit instanceof ColumnFit.Made made && LevelPages.isOneARow(made.maxRepetitionLevel(), made.levels());
    }

    private ColumnChunk adapt(SourceColumn source, AdaptedColumn column, long bloomFilterOffset) {
        if (column.fit() instanceof ColumnFit.OtherLevels fit) {
            return new LevelChanger(source, column.target(), fit.levels(), sink).make(bloomFilterOffset);
        }
        if (column.fit() instanceof ColumnFit.Missing fit) {
            return new NullMaker(source, column, fit, sink).make();
        }
        try (RangeSpool spool = spools.create()) {
            return encode(source, column, spool);
        }
    }

    private ColumnChunk encode(SourceColumn source, AdaptedColumn column, RangeSpool spool) {
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

    /** Row groups are asked for in their order. */
    private long firstRow(int rowGroup) {
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
        try (TripletReader before = triplets(source);
                TripletReader after = triplets(made)) {
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

    private static TripletReader triplets(SourceColumn column) {
        return new TripletReader(
                column.leaf(),
                new SourceChunk(column.file(), column.chunk()),
                column.file().footer().createdBy());
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
