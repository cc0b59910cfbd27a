package io.glulam.tables.iceberg;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.tables.LeftFiles;
import io.glulam.tables.LeftReason;
import io.glulam.tables.TableReport;
import io.glulam.tables.TableRequest;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.LongPredicate;
import java.util.stream.LongStream;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.GenericArrayData;
import org.apache.flink.table.data.GenericMapData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.types.RowKind;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.RowDelta;
import org.apache.iceberg.Schema;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.flink.FlinkSchemaUtil;
import org.apache.iceberg.flink.sink.RowDataTaskWriterFactory;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.TaskWriter;
import org.apache.iceberg.io.WriteResult;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables of which Flink's writers have written the files and the deletes: compacted, they hold the values that Flink got. */
@Tag("once")
class FlinkTablesTest {
    private static final int COMMITS = 3;
    private static final int ROWS_A_COMMIT = 100;

    private static final Schema SCHEMA = new Schema(
            NestedField.required(1, "id", Types.LongType.get()),
            NestedField.required(2, "kind", Types.StringType.get()),
            NestedField.optional(3, "flag", Types.BooleanType.get()),
            NestedField.optional(4, "score", Types.IntegerType.get()),
            NestedField.optional(5, "ratio", Types.FloatType.get()),
            NestedField.optional(6, "price", Types.DoubleType.get()),
            NestedField.optional(7, "small", Types.DecimalType.of(9, 2)),
            NestedField.optional(8, "middle", Types.DecimalType.of(18, 4)),
            NestedField.optional(9, "large", Types.DecimalType.of(38, 10)),
            NestedField.optional(10, "day", Types.DateType.get()),
            NestedField.optional(11, "clock", Types.TimeType.get()),
            NestedField.optional(12, "at", Types.TimestampType.withoutZone()),
            NestedField.optional(13, "moment", Types.TimestampType.withZone()),
            NestedField.optional(14, "key", Types.UUIDType.get()),
            NestedField.optional(15, "code", Types.FixedType.ofLength(5)),
            NestedField.optional(16, "bytes", Types.BinaryType.get()),
            NestedField.optional(17, "tags", Types.ListType.ofOptional(18, Types.StringType.get())),
            NestedField.optional(
                    19, "counts", Types.MapType.ofOptional(20, 21, Types.StringType.get(), Types.LongType.get())),
            NestedField.optional(
                    22,
                    "place",
                    Types.StructType.of(
                            NestedField.required(23, "lat", Types.DoubleType.get()),
                            NestedField.optional(24, "city", Types.StringType.get()))));

    private static final PartitionSpec SPEC =
            PartitionSpec.builderFor(SCHEMA).identity("kind").bucket("id", 2).build();

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void filesOfFlinkHoldTheSameValuesAfterwards(int version) throws IOException {
        try (TestTable table = TestTable.of(folder, SCHEMA, SPEC, version)) {
            for (int commit = 0; commit < COMMITS; commit++) {
                append(table.table(), commit);
            }
            List<String> written = texts(id -> true, COMMITS);
            assertThat(read(table.table())).isEqualTo(written);

            TableReport report = table.compact("min-input-files=2");

            assertThat(report.plan().left()).isEmpty();
            assertThat(report.counts().rewrittenDataFiles()).isEqualTo(4 * COMMITS);
            assertThat(report.counts().addedDataFiles()).isEqualTo(4);
            assertThat(read(table.table())).isEqualTo(written);
        }
    }

    /** Flink deletes rows of the same commit by their positions, and earlier ones by their keys. */
    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void deletesOfFlinkAreAppliedOrLeftWithTheirFiles(int version) throws IOException {
        try (TestTable table = TestTable.of(folder, SCHEMA, SPEC, version)) {
            for (int commit = 0; commit < COMMITS; commit++) {
                append(table.table(), commit);
            }
            for (int commit = COMMITS; commit < 2 * COMMITS; commit++) {
                change(table.table(), commit, Set.of(100L * commit + 7, 100L * commit + 8), Set.of(7L, 108L));
            }
            LongPredicate changed = id -> id >= COMMITS * ROWS_A_COMMIT && (id % 100 == 7 || id % 100 == 8);
            List<String> left = texts(id -> id != 7 && id != 108 && !changed.test(id), 2 * COMMITS);
            assertThat(read(table.table())).isEqualTo(left);

            TableReport report = table.compact(TableRequest.defaults()
                    .withOptions(Map.of("min-input-files", "2"))
                    .withApplyDeletes(true));

            assertThat(report.deletes().rows()).isEqualTo(2 * COMMITS);
            assertThat(report.plan().left()).extracting(LeftFiles::reason).containsExactly(LeftReason.EQUALITY_DELETES);
            assertThat(read(table.table())).isEqualTo(left);
        }
    }

    private static void append(Table table, int commit) throws IOException {
        WriteResult result = write(table, commit, List.of(), Set.of(), Set.of());
        assertThat(result.deleteFiles()).isEmpty();
        var append = table.newAppend();
        Arrays.stream(result.dataFiles()).forEach(append::appendFile);
        append.commit();
    }

    private static void change(Table table, int commit, Set<Long> own, Set<Long> earlier) throws IOException {
        WriteResult result = write(table, commit, List.of(SCHEMA.findField("id").fieldId()), own, earlier);
        assertThat(result.deleteFiles()).isNotEmpty();
        RowDelta delta = table.newRowDelta().validateDataFilesExist(Arrays.asList(result.referencedDataFiles()));
        Arrays.stream(result.dataFiles()).forEach(delta::addRows);
        Arrays.stream(result.deleteFiles()).forEach(delta::addDeletes);
        delta.commit();
    }

    private static WriteResult write(Table table, int commit, List<Integer> keys, Set<Long> own, Set<Long> earlier)
            throws IOException {
        RowDataTaskWriterFactory factory = new RowDataTaskWriterFactory(
                table, FlinkSchemaUtil.convert(SCHEMA), 128 << 20, FileFormat.PARQUET, new HashMap<>(), keys, false);
        factory.initialize(1, commit);
        try (TaskWriter<RowData> writer = factory.create()) {
            for (long id = (long) commit * ROWS_A_COMMIT; id < (commit + 1L) * ROWS_A_COMMIT; id++) {
                writer.write(row(RowKind.INSERT, id));
            }
            for (long id : own) {
                writer.write(row(RowKind.DELETE, id));
            }
            for (long id : earlier) {
                writer.write(row(RowKind.DELETE, id));
            }
            return writer.complete();
        }
    }

    private static GenericRowData row(RowKind kind, long id) {
        GenericRowData row = (GenericRowData) flink(SCHEMA.asStruct(), values(id));
        row.setRowKind(kind);
        return row;
    }

    /** The values of a row, as Iceberg's generic reader gives them; of a struct the values of its fields. */
    private static List<Object> values(long id) {
        List<Object> values = new ArrayList<>(Arrays.asList(
                id,
                "kind " + id % 2,
                id % 3 == 0,
                (int) (id * 7919),
                id % 11 == 0 ? Float.NaN : id % 13 == 0 ? -0.0f : id / 7f,
                id % 11 == 0 ? Double.NEGATIVE_INFINITY : id % 13 == 0 ? -0.0 : id / 3.0,
                BigDecimal.valueOf(id * 101 - 5000, 2),
                BigDecimal.valueOf(id * 1_000_000_007L - 77, 4),
                new BigDecimal("-12345678901234567890123456.0123456789").add(BigDecimal.valueOf(id)),
                LocalDate.ofEpochDay(id * 37 - 10_000),
                LocalTime.ofNanoOfDay(id * 1_000_000_000L + 123_000_000L), // Flink writes milliseconds.
                LocalDateTime.ofEpochSecond(id * 86_399 - 7_000_000, 123_456_000, ZoneOffset.UTC),
                Instant.ofEpochSecond(id * 604_801, 654_321_000).atOffset(ZoneOffset.UTC),
                new UUID(id * 31, -id),
                ("f" + (1000 + id)).getBytes(StandardCharsets.UTF_8),
                ByteBuffer.wrap(("bytes of " + id + " ü").getBytes(StandardCharsets.UTF_8)),
                id % 4 == 0 ? List.of() : Arrays.asList("a" + id % 3, null, "漢字"),
                id % 4 == 1 ? Map.of() : new TreeMap<>(Map.of("one", id, "two", -id)),
                Arrays.asList(id / 9.0, id % 2 == 0 ? null : "city " + id % 50)));
        values.set(2 + (int) (id % (values.size() - 2)), null);
        return values;
    }

    private static Object flink(Type type, Object value) {
        if (value == null) {
            return null;
        }
        return switch (type.typeId()) {
            case STRING -> StringData.fromString((String) value);
            case DECIMAL -> {
                Types.DecimalType decimal = (Types.DecimalType) type;
                yield DecimalData.fromBigDecimal((BigDecimal) value, decimal.precision(), decimal.scale());
            }
            case DATE -> (int) ((LocalDate) value).toEpochDay();
            case TIME -> (int) (((LocalTime) value).toNanoOfDay() / 1_000_000);
            case TIMESTAMP ->
                value instanceof OffsetDateTime moment
                        ? TimestampData.fromInstant(moment.toInstant())
                        : TimestampData.fromLocalDateTime((LocalDateTime) value);
            case UUID -> {
                UUID uuid = (UUID) value;
                yield ByteBuffer.allocate(16)
                        .putLong(uuid.getMostSignificantBits())
                        .putLong(uuid.getLeastSignificantBits())
                        .array();
            }
            case BINARY -> ((ByteBuffer) value).array();
            case LIST ->
                new GenericArrayData(((List<?>) value)
                        .stream()
                                .map(element -> flink(type.asListType().elementType(), element))
                                .toArray());
            case MAP -> {
                Map<Object, Object> map = new HashMap<>();
                ((Map<?, ?>) value)
                        .forEach((key, one) -> map.put(
                                flink(type.asMapType().keyType(), key),
                                flink(type.asMapType().valueType(), one)));
                yield new GenericMapData(map);
            }
            case STRUCT -> {
                List<NestedField> fields = type.asStructType().fields();
                Object[] values = new Object[fields.size()];
                for (int i = 0; i < values.length; i++) {
                    values[i] = flink(fields.get(i).type(), ((List<?>) value).get(i));
                }
                yield GenericRowData.of(values);
            }
            default -> value;
        };
    }

    /** The rows of some commits, but for those that are deleted, as texts, sorted. */
    private static List<String> texts(LongPredicate left, int commits) {
        return LongStream.range(0, (long) commits * ROWS_A_COMMIT)
                .filter(left)
                .mapToObj(id -> text(values(id)))
                .sorted()
                .toList();
    }

    /** Where deletes apply, the reader adds the position in the file. */
    private static List<String> read(Table table) throws IOException {
        table.refresh();
        List<String> rows = new ArrayList<>();
        try (CloseableIterable<Record> records = IcebergGenerics.read(table).build()) {
            for (Record record : records) {
                List<Object> values = new ArrayList<>();
                SCHEMA.columns().forEach(field -> values.add(record.getField(field.name())));
                rows.add(text(values));
            }
        }
        rows.sort(null);
        return rows;
    }

    private static String text(Object value) {
        if (value instanceof byte[] bytes) {
            return HexFormat.of().formatHex(bytes);
        }
        if (value instanceof ByteBuffer bytes) {
            return text(Arrays.copyOfRange(bytes.array(), bytes.position(), bytes.limit()));
        }
        if (value instanceof StructLike struct) {
            List<Object> fields = new ArrayList<>();
            for (int i = 0; i < struct.size(); i++) {
                fields.add(struct.get(i, Object.class));
            }
            return text(fields);
        }
        if (value instanceof List<?> list) {
            return list.stream().map(FlinkTablesTest::text).toList().toString();
        }
        return value instanceof Map<?, ?> map ? new TreeMap<>(map).toString() : String.valueOf(value);
    }
}
