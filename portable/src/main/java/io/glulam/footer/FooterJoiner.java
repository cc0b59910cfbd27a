package io.glulam.footer;

import io.glulam.error.Place;
import io.glulam.error.Unsupported;
import io.glulam.format.ColumnChunk;
import io.glulam.format.Leaf;
import io.glulam.format.ThriftReader;
import io.glulam.format.ThriftWriter;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes one footer of the row groups of several files, whose columns may lie otherwise. Offsets are shifted and columns put
 * into their places as told; everything else in a row group's entry is carried verbatim. The
 * entries are handed over one by one, so that a footer of any length needs the memory of one entry; {@link #head} and
 * {@link #tail} go around them. Not thread-safe.
 */
public final class FooterJoiner {
    private static final int ROW_GROUPS = 4;

    private final Sink sink;
    private final DroppedFields dropped;
    private final ThriftWriter entry = new ThriftWriter(4096);
    private int rowGroups;
    private long rows;

    /** Takes the serialized entries of row groups. */
    @FunctionalInterface
    public interface Sink {
        /** Takes {@code length} bytes of {@code bytes} from {@code from} on, which are reused afterwards. */
        void accept(byte[] bytes, int from, int length);
    }

    /** Tells where the output's columns get their chunks from in a row group. */
    @FunctionalInterface
    public interface Places {
        /** One place per leaf column of the output. */
        List<ColumnPlace> of(int rowGroup);

        /**
         * Rows of a row group that the output gets. One of which it gets none is left out.
         *
         * @param all rows that the row group has
         */
        default long rows(int rowGroup, long all) {
            return all;
        }
    }

    /**
     * The parts of the footer besides its row groups.
     *
     * @param version {@code FileMetaData.version}
     * @param schema the serialized list of schema elements
     * @param keyValues in this order; keys may repeat
     * @param createdBy serialized, its length included; null for none
     * @param columnOrders the serialized list; null for none
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Header(
            int version,
            byte[] schema,
            List<RawKeyValue> keyValues,
            byte @Nullable [] createdBy,
            byte @Nullable [] columnOrders)
            implements Serializable {}

    /** @param strict whether a field that cannot be carried on is refused instead of dropped */
    public FooterJoiner(Sink sink, boolean strict) {
        this.sink = sink;
        this.dropped = new DroppedFields(strict);
    }

    /**
     * Adds row groups of a file.
     *
     * @param from the first
     * @param to one past the last
     * @throws io.glulam.error.CorruptFile if an offset cannot be true and so cannot be moved
     * @throws io.glulam.error.Unsupported if strict, and the file has a field that cannot be carried on
     */
    public void add(Footer source, int from, int to, Places places) {
        dropFileFields(source);
        for (int i = from; i < to; i++) {
            long left = places.rows(i, source.rows(i));
            if (left == 0 && source.rows(i) > 0) {
                continue;
            }
            entry.clear();
            RowGroupRelocator.to(source, entry, dropped, i, places.of(i), left).relocate(ordinal());
            added(left);
        }
    }

    /**
     * Adds a row group that no file has.
     *
     * @param leaves columns of the output
     * @param chunks one per leaf, with offsets in the output
     * @param rowCount its rows
     */
    public void addNew(List<Leaf> leaves, List<ColumnChunk> chunks, long rowCount) {
        entry.clear();
        new MergedRowGroup(entry).write(leaves, chunks.iterator(), rowCount, List.of(), ordinal());
        added(rowCount);
    }

    private int ordinal() {
        return rowGroups <= FooterWriter.MAX_ORDINAL ? rowGroups : -1;
    }

    private void added(long rowCount) {
        sink.accept(entry.array(), 0, entry.size());
        rows = Math.addExact(rows, rowCount);
        rowGroups = Math.addExact(rowGroups, 1);
    }

    private void dropFileFields(Footer source) {
        for (FooterStruct.Field field : FooterStruct.FILE_META_DATA.fields()) {
            if (field.treatment() == FieldTreatment.DROP && source.fieldSpan(field.id()) != null) {
                dropped.add(
                        FooterStruct.FILE_META_DATA.path() + "." + field.name(),
                        "it signs a footer that no longer exists");
            }
        }
        if (source.statedRowCount() != source.rowCount()) {
            dropped.add(FooterStruct.FILE_META_DATA.path() + ".num_rows", FooterWriter.NOT_THE_SUM);
        }
        for (String path : source.unknownFields()) {
            if (!path.startsWith(FooterStruct.ROW_GROUP.path())) {
                dropped.add(path, "this version does not know the field, which may describe one file's footer");
            }
        }
    }

    /** Row groups added so far. */
    public int rowGroups() {
        return rowGroups;
    }

    /** The footer up to the first row group's entry. */
    public byte[] head(Header header) {
        return writtenHead(header).toByteArray();
    }

    private ThriftWriter writtenHead(Header header) {
        ThriftWriter out = new ThriftWriter(header.schema().length + 64);
        out.enterStruct();
        out.i32Field(1, header.version());
        out.rawField(2, ThriftReader.LIST, header.schema());
        out.i64Field(3, rows);
        out.field(ROW_GROUPS, ThriftReader.LIST);
        out.listHeader(ThriftReader.STRUCT, rowGroups);
        return out;
    }

    /**
     * The footer from the last row group's entry on, its length and the magic: the end of the file.
     *
     * @param entryBytes bytes of all entries
     * @throws io.glulam.error.Unsupported if the footer would pass 2 GiB
     */
    public byte[] tail(Header header, long entryBytes) {
        ThriftWriter out = writtenHead(header);
        int head = out.size();
        if (!header.keyValues().isEmpty()) {
            out.field(5, ThriftReader.LIST);
            out.listHeader(ThriftReader.STRUCT, header.keyValues().size());
            for (RawKeyValue keyValue : header.keyValues()) {
                out.writeRaw(keyValue.bytes(), 0, keyValue.bytes().length);
            }
        }
        if (header.createdBy() != null) {
            out.rawField(6, ThriftReader.BINARY, header.createdBy());
        }
        if (header.columnOrders() != null) {
            out.rawField(7, ThriftReader.LIST, header.columnOrders());
        }
        out.leaveStruct(0);
        long length = out.size() + entryBytes;
        if (length > Integer.MAX_VALUE) {
            throw new Unsupported(
                    Place.UNKNOWN,
                    "the footers of these files together take " + length + " bytes, more than a Parquet file can hold",
                    "merge fewer files into one");
        }
        byte[] end = new byte[Integer.BYTES];
        ByteBuffer.wrap(end).order(ByteOrder.LITTLE_ENDIAN).putInt((int) length);
        out.writeRaw(end, 0, end.length);
        out.writeRaw(FileMagic.bytes(), 0, FileMagic.LENGTH);
        byte[] all = out.toByteArray();
        return Arrays.copyOfRange(all, head, all.length);
    }

    /**
     * Notes that fields of chunks are not carried on.
     *
     * @throws io.glulam.error.Unsupported if strict
     */
    public void drop(String thriftPath, String reason) {
        dropped.add(thriftPath, reason);
    }

    /** Returns the fields that the joined footer does not carry on, once per kind of field. */
    public List<DroppedField> droppedFields() {
        return dropped.list();
    }
}
