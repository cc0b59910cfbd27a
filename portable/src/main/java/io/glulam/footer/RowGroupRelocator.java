package io.glulam.footer;

import io.glulam.error.CorruptFile;
import io.glulam.error.Place;
import io.glulam.format.ThriftReader;
import io.glulam.format.ThriftWriter;
import java.util.List;

/** Copies one {@code RowGroup} struct with its offsets shifted. {@link FooterStruct} says which field fares how. */
final class RowGroupRelocator {
    /** Points to a page that no reader uses. */
    private static final int INDEX_PAGE_OFFSET = 10;

    private static final int TOTAL_COMPRESSED_SIZE = 7;
    private static final int BLOOM_FILTER_OFFSET = 14;
    private static final String UNKNOWN_FIELD =
            "this version does not know the field, which may hold an offset, and its row group moves";

    private final Footer source;
    private final ThriftWriter out;
    private final DroppedFields dropped;
    private final int rowGroup;
    private final List<ChunkMove> moves;
    private final ThriftReader in;
    private final StructEditor editor;
    private final boolean still;

    RowGroupRelocator(Footer source, ThriftWriter out, DroppedFields dropped, int rowGroup, List<ChunkMove> moves) {
        this.source = source;
        this.out = out;
        this.dropped = dropped;
        this.rowGroup = rowGroup;
        this.moves = moves;
        in = source.readerAt(source.rowGroupSpan(rowGroup).from());
        editor = new StructEditor(in, out);
        still = moves.stream().allMatch(move -> move.shift() == 0);
    }

    /** @param ordinal the row group's new position; -1 to leave it out */
    void relocate(int ordinal) {
        int outerIn = in.enterStruct();
        int outerOut = out.enterStruct();
        while (editor.next()) {
            switch (treatment(FooterStruct.ROW_GROUP, still)) {
                case KEEP -> editor.keep();
                case SHIFT -> shiftRowGroup();
                case DROP, REFUSE -> editor.drop();
                case REBUILD -> {
                    switch (editor.fieldId()) {
                        case 1 -> relocateChunks();
                        case 6 ->
                            reduce(moves.stream().mapToLong(ChunkMove::surplus).sum());
                        default -> renumber(ordinal);
                    }
                }
            }
        }
        out.leaveStruct(outerOut);
        in.leaveStruct(outerIn);
    }

    /** The table's word on the current field; unknown ones stay where nothing moves, else they are dropped. */
    private FieldTreatment treatment(FooterStruct struct, boolean unmoved) {
        FooterStruct.Field field = struct.known(in);
        if (field != null) {
            return field.treatment();
        }
        if (unmoved) {
            return FieldTreatment.KEEP;
        }
        dropped.add(struct.path() + "." + in.fieldId(), UNKNOWN_FIELD);
        return FieldTreatment.DROP;
    }

    /** {@code RowGroup.file_offset}: along with the chunk that it points to or into, else with the first one. */
    private void shiftRowGroup() {
        long old = editor.readI64();
        long shift = moves.isEmpty() ? 0 : moves.get(0).shift();
        for (int i = 0; i < moves.size(); i++) {
            if (moves.get(i).shift() != shift && source.chunk(rowGroup, i).start() == old) {
                shift = moves.get(i).shift();
            }
        }
        editor.write(old, deprecatedOffset(old, shift));
    }

    /** A {@code total_compressed_size}, less by what it was too large. */
    private void reduce(long surplus) {
        long old = editor.readI64();
        editor.write(old, surplus == 0 ? old : Math.max(0, old - surplus));
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
        int count = editor.listHeader();
        for (int i = 0; i < count; i++) {
            relocateChunk(i, moves.get(i));
        }
    }

    private void relocateChunk(int column, ChunkMove move) {
        boolean offsetIndex = false;
        boolean columnIndex = false;
        int outerIn = in.enterStruct();
        int outerOut = out.enterStruct();
        while (editor.next()) {
            switch (treatment(FooterStruct.COLUMN_CHUNK, move.shift() == 0)) {
                case KEEP -> editor.keep();
                case SHIFT -> {
                    long old = editor.readI64();
                    editor.write(old, deprecatedOffset(old, move.shift()));
                }
                case DROP, REFUSE -> editor.drop();
                case REBUILD -> {
                    switch (editor.fieldId()) {
                        case 3 -> relocateMetaData(column, move);
                        case 4 -> offsetIndex = replace(move.offsetIndexOffset());
                        case 5 -> replaceLength(move.offsetIndexOffset(), move.offsetIndexLength());
                        case 6 -> columnIndex = replace(move.columnIndexOffset());
                        default -> replaceLength(move.columnIndexOffset(), move.columnIndexLength());
                    }
                }
            }
        }
        out.leaveStruct(outerOut);
        in.leaveStruct(outerIn);
        checkNotAdded(offsetIndex, move.offsetIndexOffset(), "an offset index");
        checkNotAdded(columnIndex, move.columnIndexOffset(), "a column index");
    }

    private void relocateMetaData(int column, ChunkMove move) {
        boolean bloomFilter = false;
        editor.header();
        int outerIn = in.enterStruct();
        int outerOut = out.enterStruct();
        while (editor.next()) {
            switch (treatment(FooterStruct.COLUMN_META_DATA, move.shift() == 0)) {
                case KEEP -> editor.keep();
                case SHIFT -> shift(column, move.shift());
                case DROP, REFUSE -> editor.drop();
                case REBUILD -> {
                    switch (editor.fieldId()) {
                        case TOTAL_COMPRESSED_SIZE -> reduce(move.surplus());
                        case BLOOM_FILTER_OFFSET -> bloomFilter = replace(move.bloomFilterOffset());
                        default -> keepBloomFilterLength(column, move);
                    }
                }
            }
        }
        out.leaveStruct(outerOut);
        in.leaveStruct(outerIn);
        checkNotAdded(bloomFilter, move.bloomFilterOffset(), "a bloom filter");
    }

    private void keepBloomFilterLength(int column, ChunkMove move) {
        if (move.bloomFilterOffset() == 0 && source.chunk(rowGroup, column).bloomFilterOffset() != 0) {
            editor.drop();
        } else {
            editor.keep();
        }
    }

    private void shift(int column, long shift) {
        int id = editor.fieldId();
        long old = editor.readI64();
        if (id == INDEX_PAGE_OFFSET) {
            editor.write(old, deprecatedOffset(old, shift));
            return;
        }
        // What is not positive is absent.
        long value = old <= 0 ? old : old + shift;
        if (value < 0 && old > 0) {
            throw new CorruptFile(
                    new Place(
                            null, rowGroup, source.schema().leaves().get(column).name(), -1),
                    FieldGuard.path(FooterStruct.COLUMN_META_DATA, rowGroup, column)
                            + "." + FooterStruct.COLUMN_META_DATA.nameOf(id) + " is " + old
                            + ", which cannot be in the chunk");
        }
        editor.write(old, value);
    }

    /** Offsets that nobody should use and that many writers get wrong: one that cannot be true becomes absent. */
    private static long deprecatedOffset(long old, long shift) {
        return old == 0 ? 0 : Math.max(0, old + shift);
    }

    /** Replaces an offset, or leaves it out; whether the source had one. */
    private boolean replace(long offset) {
        long old = editor.readI64();
        if (offset == 0 && old != 0) {
            return true;
        }
        editor.write(old, offset);
        return old != 0;
    }

    private void replaceLength(long offset, int length) {
        int old = editor.readI32();
        if (offset != 0 || old == 0) {
            editor.write(old, offset == 0 ? 0 : length);
        }
    }

    private static void checkNotAdded(boolean had, long offset, String what) {
        if (!had && offset != 0) {
            throw new IllegalArgumentException("a move cannot add " + what + " that the source does not have");
        }
    }
}
