package io.glulam.footer;

import io.glulam.error.CorruptFile;
import io.glulam.error.Place;
import io.glulam.format.ThriftReader;
import io.glulam.format.ThriftWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Copies one {@code ColumnChunk} struct with its offsets shifted. {@link FooterStruct} says how each field is treated. */
final class ChunkRelocator {
    /** Points to a page that no reader uses. */
    private static final int INDEX_PAGE_OFFSET = 10;

    private static final int PATH = 3;
    private static final int TOTAL_COMPRESSED_SIZE = 7;
    private static final int STATISTICS = 12;
    private static final int BLOOM_FILTER_OFFSET = 14;
    /** {@code max}, {@code min}, {@code max_value}, {@code min_value} and whether the last two are exact. */
    private static final Set<Integer> BOUNDS = Set.of(1, 2, 5, 6, 7, 8);

    private static final String UNKNOWN_FIELD =
            "this version does not know the field, which may hold an offset, and its row group moves";

    private final Footer source;
    private final ThriftReader in;
    private final ThriftWriter out;
    private final DroppedFields dropped;
    private final int rowGroup;
    private final StructEditor editor;
    private final @Nullable List<String> path;

    /**
     * @param in at the struct
     * @param path of the column in the new file; null to keep the source's
     */
    ChunkRelocator(
            Footer source,
            int rowGroup,
            ThriftReader in,
            ThriftWriter out,
            DroppedFields dropped,
            @Nullable List<String> path) {
        this.path = path;
        this.source = source;
        this.rowGroup = rowGroup;
        this.in = in;
        this.out = out;
        this.dropped = dropped;
        this.editor = new StructEditor(in, out);
    }

    /** Returns how the reader's current field is treated; an unknown one stays if nothing moves, else it is dropped. */
    static FieldTreatment treatment(FooterStruct struct, ThriftReader in, boolean unmoved, DroppedFields dropped) {
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

    void relocate(int column, ChunkMove move) {
        boolean offsetIndex = false;
        boolean columnIndex = false;
        int outerIn = in.enterStruct();
        int outerOut = out.enterStruct();
        while (editor.next()) {
            switch (treatment(FooterStruct.COLUMN_CHUNK, in, move.shift() == 0, dropped)) {
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
            switch (treatment(FooterStruct.COLUMN_META_DATA, in, move.shift() == 0, dropped)) {
                case KEEP -> {
                    if (move.withoutBounds() && editor.fieldId() == STATISTICS) {
                        keepCounts();
                    } else {
                        editor.keep();
                    }
                }
                case SHIFT -> shift(column, move.shift());
                case DROP, REFUSE -> editor.drop();
                case REBUILD -> {
                    switch (editor.fieldId()) {
                        case PATH -> writePath();
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

    /** Copies the statistics without bounds. */
    private void keepCounts() {
        editor.header();
        int outerIn = in.enterStruct();
        int outerOut = out.enterStruct();
        StructEditor fields = new StructEditor(in, out);
        while (fields.next()) {
            if (BOUNDS.contains(fields.fieldId())) {
                fields.drop();
            } else {
                fields.keep();
            }
        }
        out.leaveStruct(outerOut);
        in.leaveStruct(outerIn);
    }

    private void writePath() {
        List<String> names = path;
        if (names == null) {
            editor.keep();
            return;
        }
        editor.header();
        in.skip();
        out.listHeader(ThriftReader.BINARY, names.size());
        for (String name : names) {
            out.writeBinary(name.getBytes(StandardCharsets.UTF_8));
        }
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
        // An offset of zero or less is absent.
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

    /** Offsets that no reader should use and that many writers get wrong: one that cannot be true becomes absent. */
    static long deprecatedOffset(long old, long shift) {
        return old == 0 ? 0 : Math.max(0, old + shift);
    }

    /** A {@code total_compressed_size}, less by what it was too large. */
    private void reduce(long surplus) {
        long old = editor.readI64();
        editor.write(old, surplus == 0 ? old : Math.max(0, old - surplus));
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
