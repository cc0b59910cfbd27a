package io.glulam.footer;

import io.glulam.error.Place;
import io.glulam.error.Unsupported;
import io.glulam.format.ColumnChunk;
import io.glulam.format.SortingColumn;
import io.glulam.format.ThriftReader;
import io.glulam.format.ThriftWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;

/**
 * Writes the footer of a file whose row groups are those of a source, kept or merged. Schema, column orders, key-value
 * metadata and writer come over byte for byte. Call {@link #keep} and {@link #merge} in the order of the new file, then
 * {@link #finish} once. Not thread-safe.
 */
public final class FooterWriter {
    /** Why the new file has another {@code num_rows} than the source. */
    static final String NOT_THE_SUM = "it is not the sum of the row groups' rows, which is written instead";

    private static final int NUM_ROWS = 3;
    private static final int ROW_GROUPS = 4;
    /** The last row group with an ordinal: the field has 16 bits. */
    static final int MAX_ORDINAL = Short.MAX_VALUE;

    private static final int TAIL = 8;

    /** Bytes that are held before they go on. */
    private static final int PIECE = 64 << 10;

    private final Footer source;
    private final int outputRowGroups;
    private final DroppedFields dropped;
    private final boolean ordinals;
    private final ThriftWriter out;
    private int written;
    private long rows;

    /**
     * @param outputRowGroups how many row groups will be written
     * @param strict whether a field that cannot be carried on is refused instead of dropped
     * @param sink takes the footer, its length and the magic, what stands at the end of the file, piece by piece; each
     *     buffer is free again when it returns
     * @throws Unsupported if strict, and the source has such a field
     */
    public FooterWriter(Footer source, int outputRowGroups, boolean strict, Consumer<ByteBuffer> sink) {
        this.source = source;
        this.outputRowGroups = outputRowGroups;
        dropped = new DroppedFields(strict);
        ordinals = outputRowGroups - 1 <= MAX_ORDINAL && source.ordinalsEverywhere();
        out = new ThriftWriter(PIECE, sink);
        dropFileFields();
    }

    private void writeHead() {
        out.enterStruct();
        keepFields(1, ROW_GROUPS - 1);
        writeRowCount();
        out.field(ROW_GROUPS, ThriftReader.LIST);
        out.listHeader(ThriftReader.STRUCT, outputRowGroups);
    }

    private void dropFileFields() {
        for (FooterStruct.Field field : FooterStruct.FILE_META_DATA.fields()) {
            if (field.treatment() == FieldTreatment.DROP && source.fieldSpan(field.id()) != null) {
                dropped.add(
                        FooterStruct.FILE_META_DATA.path() + "." + field.name(),
                        "it signs a footer that no longer exists");
            }
        }
        for (String path : source.unknownFields()) {
            if (!path.startsWith(FooterStruct.ROW_GROUP.path())) {
                dropped.add(path, "this version does not know the field, which may describe the old footer");
            }
        }
    }

    private void writeRowCount() {
        if (source.statedRowCount() != source.rowCount()) {
            dropped.add(FooterStruct.FILE_META_DATA.path() + ".num_rows", NOT_THE_SUM);
        }
        out.i64Field(NUM_ROWS, source.rowCount());
    }

    private void keepFields(int firstId, int lastId) {
        for (FooterStruct.Field field : FooterStruct.FILE_META_DATA.fields().subList(firstId - 1, lastId)) {
            ByteSpan span = source.fieldSpan(field.id());
            if (field.treatment() == FieldTreatment.KEEP && span != null) {
                out.field(field.id(), field.type());
                source.readerAt(span.from()).writeRange(span.from(), span.to(), out);
            }
        }
    }

    /**
     * Writes the entry of a row group whose bytes were kept: known offsets move, all else is carried verbatim. Fields
     * that this version does not know survive where the shift is 0.
     *
     * @param moves one per leaf
     * @throws io.glulam.error.CorruptFile if an offset cannot be true and so cannot be moved
     * @throws Unsupported if strict, and an unknown field would have to move
     */
    public void keep(int sourceRowGroup, List<ChunkMove> moves) {
        if (moves.size() != source.schema().leaves().size()) {
            throw new IllegalArgumentException(
                    moves.size() + " moves for " + source.schema().leaves().size() + " leaf columns");
        }
        int ordinal = begin(source.rows(sourceRowGroup));
        new RowGroupRelocator(source, out, dropped, sourceRowGroup, moves).relocate(ordinal);
    }

    /**
     * Writes the entry of a row group that was merged. Unknown fields of row groups anywhere in the source count as
     * dropped from then on.
     *
     * @param rows its rows
     * @param chunks gives one per leaf, with offsets in the new file
     * @param sortingColumns the order of its rows; empty for none
     * @throws Unsupported if strict, and the source's row groups have unknown fields
     */
    public void merge(long rows, Iterator<ColumnChunk> chunks, List<SortingColumn> sortingColumns) {
        for (String path : source.unknownFields()) {
            if (path.startsWith(FooterStruct.ROW_GROUP.path())) {
                dropped.add(path, "this version does not know the field and cannot merge it");
            }
        }
        int ordinal = begin(rows);
        new MergedRowGroup(out).write(source.schema().leaves(), chunks, rows, sortingColumns, ordinal);
    }

    /** Counts a row group; the result is its ordinal, -1 for none. */
    private int begin(long rowGroupRows) {
        if (written == outputRowGroups) {
            throw new IllegalStateException("more than " + outputRowGroups + " row groups");
        }
        if (written == 0) {
            writeHead();
        }
        rows = Math.addExact(rows, rowGroupRows);
        int position = written++;
        return ordinals ? position : -1;
    }

    /**
     * Ends the footer.
     *
     * @throws Unsupported if it is longer than 2 GiB
     */
    public void finish() {
        if (written != outputRowGroups) {
            throw new IllegalStateException(written + " of " + outputRowGroups + " row groups");
        }
        if (rows != source.rowCount()) {
            throw new IllegalStateException("row groups of " + rows + " rows instead of " + source.rowCount());
        }
        if (written == 0) {
            writeHead();
        }
        keepFields(ROW_GROUPS + 1, FooterStruct.FILE_META_DATA.fields().size());
        out.leaveStruct(0);
        long length = out.written();
        if (length > Integer.MAX_VALUE) {
            throw new Unsupported(Place.UNKNOWN, "the new footer would be longer than 2 GiB");
        }
        byte[] tail = new byte[TAIL];
        ByteBuffer.wrap(tail)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt((int) length)
                .put(FileMagic.bytes());
        out.writeRaw(tail, 0, TAIL);
        out.drain();
    }

    /** Returns the fields that the new footer does not carry on, once per kind of field. */
    public List<DroppedField> droppedFields() {
        return dropped.list();
    }
}
