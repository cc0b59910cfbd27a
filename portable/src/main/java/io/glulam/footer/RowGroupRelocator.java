package io.glulam.footer;

import io.glulam.format.ColumnChunk;
import io.glulam.format.SortingColumn;
import io.glulam.format.ThriftReader;
import io.glulam.format.ThriftWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Copies one {@code RowGroup} struct with its offsets shifted, and its columns put where the output has them.
 * {@link FooterStruct} says which field fares how.
 */
final class RowGroupRelocator {
    private static final int NUM_ROWS = 3;

    private final Footer source;
    private final ThriftWriter out;
    private final DroppedFields dropped;
    private final int rowGroup;
    private final List<ChunkMove> moves;
    private final @Nullable List<ColumnPlace> places;
    private final ThriftReader in;
    private final StructEditor editor;
    private final boolean still;
    private long rows;
    private @Nullable Sizes sizes;

    /** @param moves one per leaf column */
    RowGroupRelocator(Footer source, ThriftWriter out, DroppedFields dropped, int rowGroup, List<ChunkMove> moves) {
        this(source, out, dropped, rowGroup, moves, null);
    }

    private RowGroupRelocator(
            Footer source,
            ThriftWriter out,
            DroppedFields dropped,
            int rowGroup,
            List<ChunkMove> moves,
            @Nullable List<ColumnPlace> places) {
        this.source = source;
        this.out = out;
        this.dropped = dropped;
        this.rowGroup = rowGroup;
        this.moves = moves;
        this.places = places;
        in = source.readerAt(source.rowGroupSpan(rowGroup).from());
        editor = new StructEditor(in, out);
        rows = source.rows(rowGroup);
        still = places == null && moves.stream().allMatch(move -> move.shift() == 0);
    }

    /**
     * A relocator for an output with other columns.
     *
     * @param places one per leaf column of the output
     * @param rows of the row group in the output
     */
    static RowGroupRelocator to(
            Footer source, ThriftWriter out, DroppedFields dropped, int rowGroup, List<ColumnPlace> places, long rows) {
        List<ChunkMove> moves = new ArrayList<>();
        boolean same = places.size() == source.schema().leaves().size();
        for (int i = 0; i < places.size(); i++) {
            same &= places.get(i) instanceof ColumnPlace.Moved moved && moved.column() == i && moved.path() == null;
            if (places.get(i) instanceof ColumnPlace.Moved moved) {
                moves.add(moved.move());
            }
        }
        RowGroupRelocator relocator =
                new RowGroupRelocator(source, out, dropped, rowGroup, moves, same ? null : places);
        relocator.rows = rows;
        return relocator;
    }

    /** @param ordinal the row group's new position; -1 to leave it out */
    void relocate(int ordinal) {
        int outerIn = in.enterStruct();
        int outerOut = out.enterStruct();
        while (editor.next()) {
            if (editor.fieldId() == NUM_ROWS && rows != source.rows(rowGroup)) {
                editor.write(editor.readI64(), rows);
                continue;
            }
            switch (ChunkRelocator.treatment(FooterStruct.ROW_GROUP, in, still, dropped)) {
                case KEEP -> editor.keep();
                case SHIFT -> shiftRowGroup();
                case DROP, REFUSE -> editor.drop();
                case REBUILD -> {
                    switch (editor.fieldId()) {
                        case 1 -> relocateChunks();
                        case 2 -> writeSize(false);
                        case 4 -> renumberSortingColumns();
                        case 6 -> writeSize(true);
                        default -> renumber(ordinal);
                    }
                }
            }
        }
        out.leaveStruct(outerOut);
        in.leaveStruct(outerIn);
    }

    /** {@code RowGroup.file_offset}: along with the chunk that it points to or into, else with the first one. */
    private void shiftRowGroup() {
        long old = editor.readI64();
        if (places != null) {
            editor.write(old, firstOffset(places));
            return;
        }
        long shift = moves.isEmpty() ? 0 : moves.get(0).shift();
        for (int i = 0; i < moves.size(); i++) {
            if (moves.get(i).shift() != shift && source.chunk(rowGroup, i).start() == old) {
                shift = moves.get(i).shift();
            }
        }
        editor.write(old, ChunkRelocator.deprecatedOffset(old, shift));
    }

    /** Where the first column's chunk begins in the output. */
    private long firstOffset(List<ColumnPlace> all) {
        if (all.isEmpty()) {
            return 0;
        }
        if (all.get(0) instanceof ColumnPlace.Moved moved) {
            return ChunkRelocator.deprecatedOffset(
                    source.chunk(rowGroup, moved.column()).start(), moved.move().shift());
        }
        return ((ColumnPlace.Made) all.get(0)).chunk().start();
    }

    /**
     * A size of all chunks. The source's claim is kept, less by what chunks are smaller than their entries say. Where chunks
     * were made or left out, it is the sum of what their entries say.
     */
    private void writeSize(boolean compressed) {
        long old = editor.readI64();
        long surplus = compressed ? moves.stream().mapToLong(ChunkMove::surplus).sum() : 0;
        List<ColumnPlace> all = places;
        boolean otherChunks = all != null
                && (all.size() < source.schema().leaves().size()
                        || all.stream().anyMatch(ColumnPlace.Made.class::isInstance));
        if (all != null && otherChunks) {
            if (sizes == null) {
                sizes = Sizes.of(source, rowGroup, all);
            }
            long size = compressed ? sizes.compressed() : sizes.uncompressed();
            editor.write(old, Math.max(0, size - surplus));
            return;
        }
        editor.write(old, surplus == 0 ? old : Math.max(0, old - surplus));
    }

    /** Sums of what the entries of an output's chunks say; each is parsed for that. */
    private record Sizes(long compressed, long uncompressed) {
        static Sizes of(Footer source, int rowGroup, List<ColumnPlace> places) {
            long compressed = 0;
            long uncompressed = 0;
            for (ColumnPlace place : places) {
                ColumnChunk chunk =
                        place instanceof ColumnPlace.Made made ? made.chunk() : source.chunk(rowGroup, place.column());
                compressed += chunk.compressedSize();
                uncompressed += chunk.uncompressedSize();
            }
            return new Sizes(compressed, uncompressed);
        }
    }

    private void renumber(int ordinal) {
        if (ordinal < 0) {
            editor.drop();
            return;
        }
        int old = in.readI32();
        editor.write(old, ordinal);
    }

    private void relocateChunks() {
        if (places != null) {
            placeChunks(places);
            return;
        }
        int count = editor.listHeader();
        for (int i = 0; i < count; i++) {
            new ChunkRelocator(source, rowGroup, in, out, dropped, null).relocate(i, moves.get(i));
        }
    }

    private void placeChunks(List<ColumnPlace> all) {
        editor.header();
        int count = in.readListHeader();
        int[] positions = new int[count];
        for (int i = 0; i < count; i++) {
            positions[i] = in.position();
            in.skipElement(ThriftReader.STRUCT);
        }
        out.listHeader(ThriftReader.STRUCT, all.size());
        for (ColumnPlace place : all) {
            if (place instanceof ColumnPlace.Moved moved) {
                ThriftReader chunk = source.readerAt(positions[moved.column()]);
                new ChunkRelocator(source, rowGroup, chunk, out, dropped, moved.path())
                        .relocate(moved.column(), moved.move());
            } else if (place instanceof ColumnPlace.Made made) {
                new MergedRowGroup(out).writeChunk(made.leaf(), made.chunk());
            }
        }
    }

    /** Writes the columns by which the rows are sorted, with the numbers that they have in the output. */
    private void renumberSortingColumns() {
        List<ColumnPlace> all = places;
        if (all == null) {
            editor.keep();
            return;
        }
        editor.drop();
        int[] numbers = new int[source.schema().leaves().size()];
        Arrays.fill(numbers, -1);
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).column() >= 0) {
                numbers[all.get(i).column()] = i;
            }
        }
        List<SortingColumn> columns = new ArrayList<>();
        for (SortingColumn column : source.sortingColumns(rowGroup)) {
            boolean known = column.leaf() >= 0 && column.leaf() < numbers.length;
            int number = known ? numbers[column.leaf()] : -1;
            if (number < 0) {
                break; // Rows that are sorted by a column which is not there are sorted by those before it.
            }
            columns.add(new SortingColumn(number, column.descending(), column.nullsFirst()));
        }
        if (!columns.isEmpty()) {
            editor.header();
            SortingColumns.writeList(columns, out);
        }
    }
}
