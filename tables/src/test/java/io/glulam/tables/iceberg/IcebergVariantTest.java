package io.glulam.tables.iceberg;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.tables.LeftReason;
import io.glulam.tables.Outcome;
import io.glulam.tables.TableReport;
import io.glulam.testkit.read.ParquetFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetWriter;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.parquet.Parquet;
import org.apache.iceberg.types.EdgeAlgorithm;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.variants.ShreddedObject;
import org.apache.iceberg.variants.Variant;
import org.apache.iceberg.variants.VariantMetadata;
import org.apache.iceberg.variants.Variants;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Columns of the types of version 3 that have a form of their own: variants, geometries and geographies. */
@Tag("once")
class IcebergVariantTest {
    private static final Schema VARIANTS = new Schema(
            Types.NestedField.required(1, "id", Types.LongType.get()),
            Types.NestedField.optional(2, "any", Types.VariantType.get()),
            Types.NestedField.optional(
                    3, "inner", Types.StructType.of(Types.NestedField.optional(4, "v", Types.VariantType.get()))));

    private static final Schema PLACES = new Schema(
            Types.NestedField.required(1, "id", Types.LongType.get()),
            Types.NestedField.optional(2, "shape", Types.GeometryType.crs84()),
            Types.NestedField.optional(3, "other", Types.GeometryType.of("EPSG:3857")),
            Types.NestedField.optional(4, "area", Types.GeographyType.of("OGC:CRS84", EdgeAlgorithm.KARNEY)));

    @TempDir
    private Path folder;

    private static @Nullable Variant variant(long id) {
        if (id % 7 == 0) {
            return null;
        }
        VariantMetadata names = Variants.metadata("a", "b", "name " + id % 4);
        if (id % 5 == 0) {
            return Variant.of(names, Variants.of("text " + id));
        }
        ShreddedObject object = Variants.object(names);
        object.put("a", Variants.of(id));
        object.put("name " + id % 4, Variants.of("value " + id));
        return Variant.of(names, object);
    }

    private static List<Record> variants(TestTable table, long from) {
        List<Record> rows = new ArrayList<>();
        for (long id = from; id < from + 200; id++) {
            Record inner = GenericRecord.create(VARIANTS.findType("inner").asStructType());
            inner.setField("v", variant(id + 3));
            rows.add(table.row(id, variant(id), id % 4 == 0 ? null : inner));
        }
        return rows;
    }

    /** Appends a file in which the numbers of field {@code a} have a column of their own. */
    private static String appendShredded(TestTable table, String name, List<Record> rows) throws IOException {
        Table opened = table.table();
        String location = opened.locationProvider().newDataLocation(name + ".parquet");
        Type typed = org.apache.parquet.schema.Types.optionalGroup()
                .requiredGroup()
                .optional(PrimitiveTypeName.BINARY)
                .named("value")
                .optional(PrimitiveTypeName.INT64)
                .named("typed_value")
                .named("a")
                .named("typed_value");
        DataWriter<Record> writer = Parquet.writeData(opened.io().newOutputFile(location))
                .schema(opened.schema())
                .withSpec(opened.spec())
                .variantShreddingFunc((id, column) -> typed)
                .createWriterFunc(GenericParquetWriter::create)
                .build();
        try (writer) {
            rows.forEach(writer::write);
        }
        opened.newAppend().appendFile(writer.toDataFile()).commit();
        return location;
    }

    /** A point as WKB. */
    private static @Nullable ByteBuffer point(long id) {
        if (id % 6 == 0) {
            return null;
        }
        ByteBuffer wkb = ByteBuffer.allocate(21).order(ByteOrder.LITTLE_ENDIAN);
        wkb.put((byte) 1).putInt(1).putDouble(id % 170).putDouble(id % 80).flip();
        return wkb;
    }

    private static List<Record> places(TestTable table, long from) {
        List<Record> rows = new ArrayList<>();
        for (long id = from; id < from + 200; id++) {
            rows.add(table.row(id, point(id), point(id + 1), point(id + 2)));
        }
        return rows;
    }

    /** All rows in order of their ids, every value with its bytes. */
    private static List<String> rows(TestTable table) {
        try (CloseableIterable<Record> records =
                IcebergGenerics.read(table.table()).build()) {
            List<String> rows = new ArrayList<>();
            for (Record record : records) {
                rows.add(text(record));
            }
            rows.sort(null);
            return rows;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(@Nullable Object value) {
        if (value instanceof Record record) {
            StringBuilder text = new StringBuilder("{");
            for (int i = 0; i < record.size(); i++) {
                text.append(text(record.get(i))).append(' ');
            }
            return text.append('}').toString();
        }
        if (value instanceof Variant variant) {
            ByteBuffer bytes = ByteBuffer.allocate(
                            variant.metadata().sizeInBytes() + variant.value().sizeInBytes())
                    .order(ByteOrder.LITTLE_ENDIAN);
            variant.metadata().writeTo(bytes, 0);
            variant.value().writeTo(bytes, variant.metadata().sizeInBytes());
            return HexFormat.of().formatHex(bytes.array());
        }
        if (value instanceof ByteBuffer buffer) {
            byte[] bytes = new byte[buffer.remaining()];
            buffer.duplicate().get(bytes);
            return HexFormat.of().formatHex(bytes);
        }
        return String.valueOf(value);
    }

    @Test
    void variantsThatAreNotShreddedAreMerged() {
        try (TestTable table = TestTable.of(folder, VARIANTS, PartitionSpec.unpartitioned(), 3)) {
            for (int i = 0; i < 3; i++) {
                table.append(variants(table, 1_000L * i));
            }
            List<String> before = rows(table);

            TableReport report = table.compact("min-input-files=2");

            assertThat(table.files()).as("left: %s", report.plan().left()).hasSize(1);
            assertThat(rows(table)).isEqualTo(before);
        }
    }

    @Test
    void aFileThatShredsVariantsIsLeftByNameAndTheOthersAreMerged() throws IOException {
        try (TestTable table = TestTable.of(folder, VARIANTS, PartitionSpec.unpartitioned(), 3)) {
            table.append(variants(table, 0));
            table.append(variants(table, 1_000));
            String shredded = appendShredded(table, "shredded", variants(table, 2_000));
            List<String> before = rows(table);

            TableReport report = table.compact("min-input-files=2");

            assertThat(report.outcome()).isEqualTo(Outcome.COMPACTED);
            assertThat(table.files())
                    .hasSize(2)
                    .anyMatch(file -> file.location().equals(shredded));
            assertThat(report.plan().left()).anySatisfy(left -> {
                assertThat(left.reason()).isEqualTo(LeftReason.REFUSED);
                assertThat(left.examples().toString()).contains(shredded);
            });
            assertThat(rows(table)).isEqualTo(before);
        }
    }

    @Test
    void filesThatShredVariantsInOneWayAreMergedAndStayShredded() throws IOException {
        try (TestTable table = TestTable.of(folder, VARIANTS, PartitionSpec.unpartitioned(), 3)) {
            for (int i = 0; i < 3; i++) {
                appendShredded(table, "shredded" + i, variants(table, 1_000L * i));
            }
            table.append(variants(table, 3_000));
            List<String> before = rows(table);
            long snapshot = table.table().currentSnapshot().snapshotId();

            TableReport report = table.compact("min-input-files=2");

            assertThat(report.counts().rewrittenDataFiles())
                    .as("left: %s", report.plan().left())
                    .isEqualTo(3);
            assertThat(rows(table)).isEqualTo(before);
            String merged = table.files().stream()
                    .map(file -> file.location())
                    .filter(location -> location.endsWith("-glulam.parquet"))
                    .findFirst()
                    .orElseThrow();
            try (ParquetFile file = ParquetFile.open(Path.of(merged))) {
                assertThat(file.metaData().getSchema())
                        .filteredOn(element -> element.getName().equals("typed_value"))
                        .hasSize(4);
            }
            try (io.glulam.tables.Table opened = table.open()) {
                assertThat(opened.verify(snapshot, report.snapshots().get(0)).differences())
                        .isEmpty();
            }
        }
    }

    @Test
    void aVariantColumnThatOldFilesLackIsNullThere() {
        Schema before = new Schema(Types.NestedField.required(1, "id", Types.LongType.get()));
        try (TestTable table = TestTable.of(folder, before, PartitionSpec.unpartitioned(), 3)) {
            for (long i = 0; i < 3; i++) {
                table.append(List.of(table.row(i), table.row(10 + i)));
            }
            table.table()
                    .updateSchema()
                    .addColumn("any", Types.VariantType.get())
                    .commit();
            table.append(List.of(table.row(100L, variant(1)), table.row(101L, null)));
            List<String> rows = rows(table);

            TableReport report = table.compact("min-input-files=2");

            assertThat(table.files()).as("left: %s", report.plan().left()).hasSize(1);
            assertThat(rows(table)).isEqualTo(rows);
        }
    }

    @Test
    void geometriesAndGeographiesAreMerged() {
        try (TestTable table = TestTable.of(folder, PLACES, PartitionSpec.unpartitioned(), 3)) {
            for (int i = 0; i < 3; i++) {
                table.append(places(table, 1_000L * i));
            }
            List<String> before = rows(table);

            TableReport report = table.compact("min-input-files=2");

            assertThat(table.files()).as("left: %s", report.plan().left()).hasSize(1);
            assertThat(rows(table)).isEqualTo(before);
            assertThat(table.files().get(0).nullValueCounts()).containsEntry(2, 100L);
            assertThat(table.files().get(0).lowerBounds()).doesNotContainKey(2);
        }
    }
}
