package io.glulam.footer;

import io.glulam.error.CorruptFile;
import io.glulam.error.GlulamException;
import io.glulam.error.Place;
import io.glulam.error.Unsupported;
import io.glulam.format.Schema;
import io.glulam.format.ThriftReader;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The one pass over a footer that checks it and fills the tables. Used once. */
final class FooterScanner {
    private final FooterBytes bytes;
    private final long offsetInFile;
    private final ThriftReader in;
    private final Set<String> unknownFields = new TreeSet<>();
    private final FieldGuard file = new FieldGuard(FooterStruct.FILE_META_DATA, unknownFields);
    private final FieldGuard group = new FieldGuard(FooterStruct.ROW_GROUP, unknownFields);
    private final @Nullable ByteSpan[] fields =
            new ByteSpan[FooterStruct.FILE_META_DATA.fields().size() + 1];

    private final KnownSchema schemas;
    private final RowGroupSpan span = new RowGroupSpan();
    private int version;
    private long statedRowCount;
    private @Nullable String createdBy;
    private @Nullable Schema schema;
    private @Nullable RowGroupTable table;

    /** @param schemas of footers that were read before */
    FooterScanner(FooterBytes bytes, long offsetInFile, KnownSchema schemas) {
        this.schemas = schemas;
        this.bytes = bytes;
        this.offsetInFile = offsetInFile;
        in = Footer.reader(bytes, 0, bytes.windowBytes(), offsetInFile);
    }

    Footer scan() {
        in.enterStruct();
        file.begin();
        while (in.nextField()) {
            int id = file.note(in, -1, -1);
            int from = in.position();
            scanField(id);
            fields[id] = new ByteSpan(from, in.position());
        }
        file.end(-1, -1);
        // Fields may stand in any order: what needs the schema waits for it.
        Schema found = Objects.requireNonNull(schema);
        ByteSpan orders = fields[7];
        if (orders != null) {
            in.seek(orders.from());
            found = schemas.withOrders(found, in);
        }
        if (table == null) {
            in.seek(Objects.requireNonNull(fields[4]).from());
            table = scanRowGroups(found);
        }
        return new Footer(
                bytes,
                offsetInFile,
                version,
                statedRowCount,
                sumOfRows(table),
                createdBy,
                found,
                table,
                fields,
                Set.copyOf(unknownFields));
    }

    private void scanField(int id) {
        switch (id) {
            case 1 -> version = in.readI32Field();
            case 2 -> schema = schemas.read(in);
            case 3 -> statedRowCount = file.count(in, -1, -1);
            case 4 -> {
                if (schema == null) {
                    in.skip();
                } else {
                    table = scanRowGroups(schema);
                }
            }
            case 5 -> KeyValues.check(in);
            case 6 -> createdBy = in.readString();
            case 8 ->
                throw new Unsupported(
                        Place.UNKNOWN,
                        "the file is encrypted: row groups are bound to their place and cannot move",
                        "decrypt it first");
            default -> in.skip();
        }
    }

    private RowGroupTable scanRowGroups(Schema known) {
        RowGroupTable filled = new RowGroupTable(known.leaves().size(), bytes instanceof FooterBytes.Resident);
        ChunkScanner scanner = new ChunkScanner(
                in,
                offsetInFile,
                offsetInFile + bytes.length() + FooterReader.TAIL,
                known,
                schemas.paths(known),
                unknownFields);
        int count = in.readListHeader(ThriftReader.STRUCT);
        for (int i = 0; i < count; i++) {
            try {
                scanRowGroup(i, filled, scanner, known.leaves().size());
            } catch (GlulamException failure) {
                throw failure.within(new Place(null, i, null, -1));
            }
        }
        filled.trim();
        return filled;
    }

    private void scanRowGroup(int index, RowGroupTable filled, ChunkScanner scanner, int leafCount) {
        int position = in.position();
        long rows = 0;
        int ordinal = -1;
        span.begin();
        group.begin();
        int outer = in.enterStruct();
        while (in.nextField()) {
            switch (group.note(in, index, -1)) {
                case 1 -> scanColumns(index, filled, scanner, leafCount);
                case 2, 6 -> in.readI64Field(); // sums of the chunks' sizes, which are not believed
                case 3 -> rows = group.count(in, index, -1);
                case 4 -> {
                    filled.noteSorted();
                    in.skipListOf(ThriftReader.STRUCT);
                }
                case 5 -> in.readI64Field();
                case 7 -> ordinal = in.readI32();
                default -> in.skip();
            }
        }
        in.leaveStruct(outer);
        group.end(index, -1);
        filled.addRowGroup(
                rows,
                span.compressedSize,
                span.uncompressedSize,
                span.start(),
                span.end,
                position,
                in.position(),
                ordinal);
    }

    /** Sums over the chunks of the row group being scanned. */
    private static final class RowGroupSpan {
        private long compressedSize;
        private long uncompressedSize;
        private long start;
        private long end;

        void begin() {
            compressedSize = 0;
            uncompressedSize = 0;
            start = Long.MAX_VALUE;
            end = 0;
        }

        void add(ChunkScanner chunk) {
            compressedSize = Math.addExact(compressedSize, chunk.compressedSize());
            uncompressedSize = Math.addExact(uncompressedSize, chunk.uncompressedSize());
            if (chunk.hasPages()) {
                start = Math.min(start, chunk.start());
                end = Math.max(end, chunk.start() + chunk.compressedSize());
            }
        }

        long start() {
            return end == 0 ? 0 : start;
        }
    }

    private void scanColumns(int index, RowGroupTable filled, ChunkScanner scanner, int leafCount) {
        int count = in.readListHeader(ThriftReader.STRUCT);
        if (count != leafCount) {
            throw group.corrupt(index, -1, "columns", "has " + count + " entries for " + leafCount + " leaf columns");
        }
        for (int column = 0; column < count; column++) {
            filled.addChunk(in.position());
            try {
                scanner.scan(index, column);
                span.add(scanner);
            } catch (CorruptFile failure) {
                throw failure.within(scanner.place(failure));
            } catch (ArithmeticException overflow) {
                throw group.corrupt(index, -1, "columns", "have sizes that sum to more than 2^63");
            }
        }
    }

    private static long sumOfRows(RowGroupTable filled) {
        long sum = 0;
        for (int i = 0; i < filled.size(); i++) {
            sum += filled.rows(i);
            if (sum < 0) {
                throw new CorruptFile(Place.UNKNOWN, "the row groups' num_rows sum to more than 2^63");
            }
        }
        return sum;
    }
}
