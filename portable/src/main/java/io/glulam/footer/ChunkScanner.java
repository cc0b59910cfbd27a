package io.glulam.footer;

import io.glulam.error.CorruptFile;
import io.glulam.error.Place;
import io.glulam.error.Unsupported;
import io.glulam.format.ColumnChunk;
import io.glulam.format.Leaf;
import io.glulam.format.Schema;
import io.glulam.format.ThriftReader;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Checks one {@code ColumnChunk} after the other and keeps the latest one's place, without an object per chunk. Offsets
 * of pages may lie about what is there, not about being inside the file. Offsets of indexes and bloom filters are not
 * looked at: those are aids, and {@link ChunkParser} tells which can be used.
 */
final class ChunkScanner {
    private static final byte[] NO_NAME = {};
    private static final Set<Integer> SIZE_HISTOGRAMS = Set.of(2, 3);
    private static final Set<Integer> GEOSPATIAL_TYPES = Set.of(2);

    private final ThriftReader in;
    private final long dataEnd;
    private final long fileSize;
    private final List<Leaf> leaves;
    private final byte[][][] paths;
    private final FieldGuard chunk;
    private final FieldGuard metaData;

    private int rowGroup;
    private int column;
    private long valueCount;
    private long compressedSize;
    private long uncompressedSize;
    private long dataPageOffset;
    private long dictionaryPageOffset;

    /**
     * @param dataEnd the footer's offset in the object: no page begins after it
     * @param fileSize of the object
     * @param paths of the schema's leaf columns, each name as its bytes
     */
    ChunkScanner(
            ThriftReader in, long dataEnd, long fileSize, Schema schema, byte[][][] paths, Set<String> unknownFields) {
        this.in = in;
        this.dataEnd = dataEnd;
        this.fileSize = fileSize;
        leaves = schema.leaves();
        this.paths = paths;
        chunk = new FieldGuard(FooterStruct.COLUMN_CHUNK, unknownFields);
        metaData = new FieldGuard(FooterStruct.COLUMN_META_DATA, unknownFields);
    }

    long compressedSize() {
        return compressedSize;
    }

    long uncompressedSize() {
        return uncompressedSize;
    }

    /** Returns the offset of the chunk's first byte. */
    long start() {
        return ColumnChunk.start(dataPageOffset, dictionaryPageOffset, valueCount);
    }

    /** Reads the struct at the reader's position. */
    void scan(int rowGroup, int column) {
        this.rowGroup = rowGroup;
        this.column = column;
        chunk.begin();
        int outer = in.enterStruct();
        while (in.nextField()) {
            switch (chunk.note(in, rowGroup, column)) {
                case 1 ->
                    refuse("file_path is set: the data lies in another file", "give the files that hold the data");
                case 2 -> in.readI64Field();
                case 3 -> scanMetaData();
                case 8, 9 -> refuse("the column is encrypted", "decrypt the file first");
                default -> in.skip();
            }
        }
        in.leaveStruct(outer);
        chunk.end(rowGroup, column);
    }

    private void scanMetaData() {
        dictionaryPageOffset = 0;
        metaData.begin();
        int outer = in.enterStruct();
        while (in.nextField()) {
            switch (metaData.note(in, rowGroup, column)) {
                case 1 -> checkType(in.readI32Field());
                case 2 -> in.skipListOf(ThriftReader.I32);
                case 3 -> checkPath();
                case 4 -> in.readI32Field();
                case 5 -> valueCount = metaData.count(in, rowGroup, column);
                // Of no use but to tell sizes: a negative one is no reason to refuse.
                case 6 -> uncompressedSize = Math.max(0, in.readI64Field());
                case 7 -> compressedSize = metaData.count(in, rowGroup, column);
                case 8, 13 -> in.skipListOf(ThriftReader.STRUCT);
                case 9 -> dataPageOffset = metaData.count(in, rowGroup, column);
                // Readers take what is not positive for absent.
                case 11 -> dictionaryPageOffset = Math.max(0, in.readI64Field());
                case 16 -> skipLists(SIZE_HISTOGRAMS, ThriftReader.I64);
                case 17 -> skipLists(GEOSPATIAL_TYPES, ThriftReader.I32);
                default -> in.skip();
            }
        }
        in.leaveStruct(outer);
        metaData.end(rowGroup, column);
        checkPages();
    }

    /** Whether there are pages; some writers give empty row groups sizes, and no offset. */
    boolean hasPages() {
        return compressedSize > 0 && (valueCount > 0 || start() >= FileMagic.LENGTH);
    }

    private void checkPages() {
        checkOffset("data_page_offset", dataPageOffset);
        checkOffset("dictionary_page_offset", dictionaryPageOffset);
        if (!hasPages()) {
            return;
        }
        if (start() < FileMagic.LENGTH) {
            throw metaData.corrupt(rowGroup, column, "data_page_offset", "is " + dataPageOffset);
        }
        // A size that is too large is common and harmless, but where it leaves the file readers fail, too.
        if (compressedSize > fileSize - start()) {
            throw metaData.corrupt(
                    rowGroup,
                    column,
                    "total_compressed_size",
                    "is " + compressedSize + " from offset " + start() + ", but the file ends at " + fileSize);
        }
    }

    private void checkOffset(String field, long offset) {
        if (offset > dataEnd) {
            throw outside(field, offset);
        }
    }

    private CorruptFile outside(String field, long offset) {
        return metaData.corrupt(rowGroup, column, field, "is " + offset + ", but the footer begins at " + dataEnd);
    }

    private void checkType(int type) {
        int expected = leaves.get(column).type().ordinal();
        if (type != expected) {
            throw metaData.corrupt(rowGroup, column, "type", "is " + type + ", in the schema it is " + expected);
        }
    }

    private void checkPath() {
        byte[][] path = paths[column];
        int count = in.readListHeader(ThriftReader.BINARY);
        boolean same = count == path.length;
        for (int i = 0; i < count; i++) {
            // Names of another path are read only to be passed over.
            same &= in.readIs(i < path.length ? path[i] : NO_NAME);
        }
        if (!same) {
            throw metaData.corrupt(
                    rowGroup,
                    column,
                    "path_in_schema",
                    "is not that of the schema's column " + leaves.get(column).name());
        }
    }

    /** Passes over a struct of which the fields with these ids are lists. */
    private void skipLists(Set<Integer> ids, int elementType) {
        int outer = in.enterStruct();
        while (in.nextField()) {
            if (in.fieldType() == ThriftReader.LIST && ids.contains(in.fieldId())) {
                in.skipListOf(elementType);
            } else {
                in.skip();
            }
        }
        in.leaveStruct(outer);
    }

    private void refuse(String problem, String remedy) {
        throw new Unsupported(place(null), problem, remedy);
    }

    /** Place of the chunk being scanned. */
    Place place(@Nullable CorruptFile failure) {
        long offset = failure == null ? -1 : failure.place().offset();
        return new Place(null, rowGroup, leaves.get(column).name(), offset);
    }
}
