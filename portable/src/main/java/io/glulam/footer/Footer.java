package io.glulam.footer;

import io.glulam.error.CorruptFile;
import io.glulam.error.Place;
import io.glulam.format.ColumnChunk;
import io.glulam.format.Schema;
import io.glulam.format.SortingColumn;
import io.glulam.format.ThriftReader;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A file's footer (the specification's {@code FileMetaData}), read in place: a table of what planning needs of each row
 * group, and bytes, in memory or reached through windows. Everything else is parsed where and when it is asked for. What
 * is held besides the bytes grows with the columns and with the row groups, not with the column chunks; only of a footer
 * in memory every chunk's place is known, too. Offsets and sizes are bytes. Immutable, thread-safe.
 */
public final class Footer {
    private static final int SORTING_COLUMNS = 4;

    /** Of single entries: enough for some dozens of chunks. */
    private static final int WINDOW = 8 << 10;

    private static final int MIN_WINDOW = 256;

    private final FooterBytes bytes;
    private final long offsetInFile;
    private final int version;
    private final long statedRowCount;
    private final long rowCount;
    private final @Nullable String createdBy;
    private final Schema schema;
    private final RowGroupTable rowGroups;
    private final @Nullable ByteSpan[] fields;
    private final Set<String> unknownFields;
    private final ChunkFinder finder = new ChunkFinder(this);

    Footer(
            FooterBytes bytes,
            long offsetInFile,
            int version,
            long statedRowCount,
            long rowCount,
            @Nullable String createdBy,
            Schema schema,
            RowGroupTable rowGroups,
            @Nullable ByteSpan[] fields,
            Set<String> unknownFields) {
        this.bytes = bytes;
        this.offsetInFile = offsetInFile;
        this.version = version;
        this.statedRowCount = statedRowCount;
        this.rowCount = rowCount;
        this.createdBy = createdBy;
        this.schema = schema;
        this.rowGroups = rowGroups;
        this.fields = fields;
        this.unknownFields = unknownFields;
    }

    /**
     * Reads a footer.
     *
     * @param bytes the Thrift struct, without length and magic; not copied, callers must not change it any more
     * @param offsetInFile where it begins in its file: column chunks end before
     * @throws CorruptFile if it contradicts the specification or itself; the message has the Thrift path
     * @throws io.glulam.error.Unsupported if it is encrypted or its data lies in another file
     */
    public static Footer parse(byte[] bytes, long offsetInFile) {
        return parse(FooterBytes.of(bytes), offsetInFile);
    }

    /**
     * As {@link #parse(byte[], long)}, through windows where the bytes are not in memory.
     *
     * @param bytes must stay readable as long as the footer is used
     */
    public static Footer parse(FooterBytes bytes, long offsetInFile) {
        return parse(bytes, offsetInFile, new KnownSchema());
    }

    /** @param schemas of footers that were read before */
    static Footer parse(FooterBytes bytes, long offsetInFile, KnownSchema schemas) {
        return new FooterScanner(bytes, offsetInFile, schemas).scan();
    }

    /** {@code FileMetaData.version}. */
    public int version() {
        return version;
    }

    public Schema schema() {
        return schema;
    }

    /** {@code FileMetaData.num_rows}: a claim, which need not be {@link #rowCount}. */
    public long statedRowCount() {
        return statedRowCount;
    }

    /** Returns the sum of the row groups' {@code num_rows}. */
    public long rowCount() {
        return rowCount;
    }

    /** Returns the writer's name and version; null if absent. */
    public @Nullable String createdBy() {
        return createdBy;
    }

    /**
     * Returns the key-value metadata in file order; keys may repeat, a value may be null. Empty if absent. Parsed on
     * every call.
     */
    public List<Map.Entry<String, @Nullable String>> keyValueMetadata() {
        ByteSpan span = keyValueMetadataSpan();
        return span == null ? List.of() : KeyValues.read(readerAt(span.from()));
    }

    /** As {@link #keyValueMetadata}, each entry as its bytes. */
    public List<RawKeyValue> rawKeyValueMetadata() {
        ByteSpan span = keyValueMetadataSpan();
        return span == null ? List.of() : KeyValues.readRaw(readerAt(span.from()), bytes);
    }

    public int rowGroupCount() {
        return rowGroups.size();
    }

    /** Returns the rows of a row group, as its {@code num_rows} says. */
    public long rows(int rowGroup) {
        return rowGroups.rows(rowGroup);
    }

    /** Returns the sum of the chunks' {@code total_compressed_size}, page headers included. */
    public long compressedSize(int rowGroup) {
        return rowGroups.compressedSize(rowGroup);
    }

    /** Returns the sum of the chunks' {@code total_uncompressed_size}, page headers included. */
    public long uncompressedSize(int rowGroup) {
        return rowGroups.uncompressedSize(rowGroup);
    }

    /**
     * Returns the offset of the first byte of the row group's chunks, as their footer entries say; 0 if they hold none.
     */
    public long start(int rowGroup) {
        return rowGroups.start(rowGroup);
    }

    /** Returns one past the last byte of the row group's chunks, as their footer entries say; 0 if they hold none. */
    public long end(int rowGroup) {
        return rowGroups.end(rowGroup);
    }

    /** {@code RowGroup.ordinal}; -1 if absent. */
    public int ordinal(int rowGroup) {
        return rowGroups.ordinal(rowGroup);
    }

    /**
     * Returns a chunk's footer entry, parsed on every call. Where the footer is not in memory, it is found by passing
     * over those before it in its row group: {@link #entries} is the way through many.
     *
     * @throws CorruptFile if its encodings or key-value metadata are; all else was checked when the footer was read
     */
    public ColumnChunk chunk(int rowGroup, int leaf) {
        return rowGroups.findsChunks()
                ? parse(readerAt(rowGroups.chunkPosition(rowGroup, leaf)), rowGroup, leaf, KnownLists.NOTHING)
                : finder.find(rowGroup, leaf);
    }

    /** Returns the way through the chunks' entries of whole row groups, for one thread. */
    public ChunkEntries entries() {
        return new ChunkEntries(this, readerAt(0, bytes.windowBytes()));
    }

    /**
     * As {@link #entries}, for a few neighbors of many row groups.
     *
     * @param chunks how many neighbors are read at once, about
     */
    public ChunkEntries entries(int chunks) {
        return new ChunkEntries(this, readerAt(0, window(chunks, MIN_WINDOW)));
    }

    /**
     * As {@link #entries(int)}, of row groups in turns.
     *
     * @param ahead in this footer; to be told of each row group before these entries go to it
     */
    public ChunkEntries entries(int chunks, EntryReadAhead ahead) {
        if (findsChunks() || !ahead.isHolding()) {
            return entries(chunks);
        }
        byte[] window = new byte[window(chunks, 1)];
        return new ChunkEntries(this, new ThriftReader(ahead, window, 0, bytes.length(), offsetInFile));
    }

    private int window(int chunks, int least) {
        return (int) Math.min(bytes.windowBytes(), Math.max(least, (long) chunks * entryBytes()));
    }

    /** Returns the bytes of a chunk's entry on average, and some more. */
    int entryBytes() {
        long chunks = Math.max(1, (long) rowGroups.size() * schema.leaves().size());
        return (int) Math.min(bytes.length(), bytes.length() / chunks * 9 / 8 + 16);
    }

    /** Returns whether every chunk's entry is found at once, wherever it is: where the footer is in memory. */
    public boolean findsChunks() {
        return rowGroups.findsChunks();
    }

    /** Parses the entry of that chunk at the reader's position. */
    ColumnChunk parse(ThriftReader in, int rowGroup, int leaf, KnownLists known) {
        try {
            return ChunkParser.parse(in, offsetInFile, known);
        } catch (CorruptFile failure) {
            throw failure.within(
                    new Place(null, rowGroup, schema.leaves().get(leaf).name(), -1));
        }
    }

    /**
     * Returns the sort order that the writer claims; empty if it claims none, or one that cannot be. Parsed on every
     * call.
     */
    public List<SortingColumn> sortingColumns(int rowGroup) {
        if (!rowGroups.isSorted(rowGroup)) {
            return List.of();
        }
        ThriftReader in = readerAt(rowGroups.structPosition(rowGroup));
        in.enterStruct();
        while (in.nextField()) {
            if (FooterStruct.ROW_GROUP.knownId(in) == SORTING_COLUMNS) {
                return SortingColumns.readList(in, schema.leaves().size());
            }
            in.skip();
        }
        return List.of();
    }

    /** Returns the Thrift struct, without length and magic. */
    public FooterBytes bytes() {
        return bytes;
    }

    /** Returns where {@link #bytes} begin in the file. */
    public long offsetInFile() {
        return offsetInFile;
    }

    /** Returns where in {@link #bytes} the {@code RowGroup} struct lies. */
    public ByteSpan rowGroupSpan(int rowGroup) {
        return new ByteSpan(rowGroups.structPosition(rowGroup), rowGroups.structEnd(rowGroup));
    }

    /** Returns where in {@link #bytes} the {@code schema} list lies, header included. */
    public ByteSpan schemaSpan() {
        ByteSpan span = fieldSpan(2);
        if (span == null) {
            throw new IllegalStateException("a footer without schema");
        }
        return span;
    }

    /** Returns where in {@link #bytes} the {@code key_value_metadata} list lies, header included; null if absent. */
    public @Nullable ByteSpan keyValueMetadataSpan() {
        return fieldSpan(5);
    }

    /** Returns where in {@link #bytes} the {@code column_orders} list lies, header included; null if absent. */
    public @Nullable ByteSpan columnOrdersSpan() {
        return fieldSpan(7);
    }

    /** Returns the serialized {@code schema} list. */
    public byte[] rawSchema() {
        ByteSpan span = schemaSpan();
        return bytes.range(span);
    }

    /** Returns the serialized {@code created_by}, its length included; null if absent. */
    public byte @Nullable [] rawCreatedBy() {
        return rawField(6);
    }

    /** Returns the serialized {@code column_orders} list; null if absent. */
    public byte @Nullable [] rawColumnOrders() {
        return rawField(7);
    }

    private byte @Nullable [] rawField(int id) {
        ByteSpan span = fieldSpan(id);
        return span == null ? null : bytes.range(span);
    }

    /** Returns where the value of that known field of {@code FileMetaData} lies; null if absent. */
    @Nullable
    ByteSpan fieldSpan(int id) {
        return fields[id];
    }

    /**
     * Fields that this version has never heard of, as Thrift paths without positions that end in the field's id, such
     * as {@code FileMetaData.row_groups[].columns[].42}. A known id with another type is unknown, too; those inside statistics and other values do not count.
     */
    public Set<String> unknownFields() {
        return unknownFields;
    }

    /** Returns whether every row group has an ordinal. */
    boolean ordinalsEverywhere() {
        for (int i = 0; i < rowGroupCount(); i++) {
            if (ordinal(i) < 0) {
                return false;
            }
        }
        return rowGroupCount() > 0;
    }

    ThriftReader readerAt(int position) {
        return readerAt(position, Math.min(WINDOW, bytes.windowBytes()));
    }

    ThriftReader readerAt(int position, int window) {
        return reader(bytes, position, window, offsetInFile);
    }

    /**
     * Returns a reader of {@code bytes} from {@code position} on, through a window of that size unless they are in
     * memory.
     */
    static ThriftReader reader(FooterBytes bytes, int position, int window, long offsetInFile) {
        return bytes instanceof FooterBytes.Resident resident
                ? new ThriftReader(resident.bytes(), position, bytes.length(), offsetInFile)
                : new ThriftReader(bytes, new byte[window], position, bytes.length(), offsetInFile);
    }
}
