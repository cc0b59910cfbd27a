package io.glulam.join;

import io.glulam.adapt.AdaptedColumn;
import io.glulam.adapt.CutPages;
import io.glulam.footer.ChunkMove;
import io.glulam.footer.ColumnPlace;
import io.glulam.footer.Footer;
import io.glulam.footer.FooterJoiner;
import io.glulam.format.ColumnChunk;
import io.glulam.format.Leaf;
import io.glulam.schema.ColumnFit;
import io.glulam.shape.DeletedRows;
import io.glulam.source.SourceFile;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells where the output's columns get their chunks from in one input: as they are from its region, or made into the tail. Not
 * thread-safe.
 */
final class InputColumns implements FooterJoiner.Places, OrderedWork.Prepared {
    /** Bytes of chunks that are made ahead of a small input's turn, for each of its bytes. */
    private static final int MADE_PER_BYTE = 2;

    private static final String UNBELIEVED = ", which readers do not believe but would under the output's created_by";

    private final JoinContext context;
    private final Footer footer;
    private final InputTail tail;
    private final List<ColumnFit> columnFits;
    private final DeletedRows deleted;
    private final SourceFile file;
    private final NewTrust change;
    private final ChunkMaker chunks;
    private @Nullable RowGroupColumns ahead;

    /**
     * The output's columns in a row group.
     *
     * @param made those that do not move
     */
    private record RowGroupColumns(List<AdaptedColumn> all, ChunkMaker.RowGroup made) {}

    /**
     * @param columnFits how the input provides each of the output's columns
     * @param deleted rows that the output does not get
     */
    InputColumns(JoinContext context, Footer footer, InputTail tail, List<ColumnFit> columnFits, DeletedRows deleted) {
        this.context = context;
        this.footer = footer;
        this.tail = tail;
        this.columnFits = columnFits;
        this.deleted = deleted;
        this.file = SourceFile.of(tail.reader(), footer, context.resources().bufferBytes(), context.codecs());
        this.change = new NewTrust(context.form().trust(), file.trust());
        this.chunks = new ChunkMaker(file, deleted, context.comparesValues(), context.resources(), context.made());
    }

    Footer footer() {
        return footer;
    }

    /** Returns whether rows of the input are left out. */
    boolean areCut() {
        return !deleted.isEmpty();
    }

    /** Returns the counts of pages of chunks in which rows are deleted, so far. */
    CutPages cutPages() {
        return chunks.cutPages();
    }

    @Override
    public long rows(int rowGroup, long all) {
        return all - chunks.deletedIn(rowGroup).cardinality();
    }

    /** Makes the small chunks of a slice of one row group before it is asked for. Deletes have chunks made at once later. */
    void makeSmall(Slice slice) {
        if (slice.to() - slice.from() == 1 && deleted.isEmpty()) {
            RowGroupColumns columns = columns(slice.from());
            ahead = columns;
            columns.made().makeSmall(MADE_PER_BYTE * slice.input().size());
        }
    }

    @Override
    public List<ColumnPlace> of(int rowGroup) {
        RowGroupColumns columns = ahead == null ? columns(rowGroup) : ahead;
        ahead = null;
        List<ColumnPlace> places = new ArrayList<>(columnFits.size());
        try (ChunkMaker.RowGroup made = columns.made()) {
            for (AdaptedColumn column : columns.all()) {
                places.add(moves(rowGroup, column) ? moved(rowGroup, column) : made(rowGroup, column, made));
            }
        }
        return places;
    }

    private RowGroupColumns columns(int rowGroup) {
        List<AdaptedColumn> columns = new ArrayList<>(columnFits.size());
        for (int i = 0; i < columnFits.size(); i++) {
            Leaf leaf = context.schema().leaves().get(i);
            ColumnFit fit = fit(rowGroup, columnFits.get(i));
            columns.add(new AdaptedColumn(leaf, fit, context.form().dictionaryEncoding(leaf, fit)));
        }
        return new RowGroupColumns(
                columns,
                chunks.begin(
                        rowGroup,
                        columns.stream()
                                .filter(column -> !moves(rowGroup, column))
                                .toList()));
    }

    @Override
    public void close() {
        if (ahead != null) {
            ahead.made().close();
        }
    }

    private ColumnFit fit(int rowGroup, ColumnFit fit) {
        return fit instanceof ColumnFit.Filled filled && !chunks.hasNulls(rowGroup, fit.column())
                ? filled.unfilled()
                : fit;
    }

    private boolean moves(int rowGroup, AdaptedColumn column) {
        return column.fit() instanceof ColumnFit.AsIs
                && chunks.deletedIn(rowGroup).isEmpty();
    }

    private ColumnPlace moved(int rowGroup, AdaptedColumn column) {
        ColumnFit fit = column.fit();
        ColumnChunk chunk = footer.chunk(rowGroup, fit.column());
        Leaf own = footer.schema().leaves().get(fit.column());
        change.requireSamePages(file, rowGroup, own);
        ChunkMove move = tail.move(chunk);
        return new ColumnPlace.Moved(
                fit.column(),
                dropsBounds(fit, chunk) ? move.withoutClaimedBounds() : move,
                own.path().equals(column.target().path())
                        ? null
                        : column.target().path());
    }

    private ColumnPlace made(int rowGroup, AdaptedColumn column, ChunkMaker.RowGroup all) {
        ColumnFit fit = column.fit();
        boolean sameValues = fit instanceof ColumnFit.OtherLevels || fit instanceof ColumnFit.AsIs;
        long bloomFilter = sameValues ? tail.bloomFilter(footer.chunk(rowGroup, fit.column())) : 0;
        ColumnChunk chunk = all.make(column, bloomFilter);
        if (sameValues && dropsBounds(fit, chunk)) {
            chunk = chunk.withoutBounds();
        }
        boolean keepsOrder = fit.hasValues() && !(fit instanceof ColumnFit.Filled);
        return new ColumnPlace.Made(keepsOrder ? fit.column() : -1, column.target(), chunk);
    }

    /** Whether a chunk has bounds that readers do not believe of the input's writer, but would of the output's. */
    private boolean dropsBounds(ColumnFit fit, ColumnChunk chunk) {
        boolean drops =
                chunk.isBounded() && change.inBounds(footer.schema().leaves().get(fit.column()));
        if (drops) {
            context.footers()
                    .drop("ColumnMetaData.statistics", "bounds by " + NewTrust.name(change.own()) + UNBELIEVED);
        }
        return drops;
    }
}
