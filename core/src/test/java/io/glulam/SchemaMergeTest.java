package io.glulam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glulam.error.Remedy;
import io.glulam.error.Unsupported;
import io.glulam.inputs.Candidate;
import io.glulam.inputs.FoundInputs;
import io.glulam.local.LocalStore;
import io.glulam.plan.ColumnPlan;
import io.glulam.plan.Effort;
import io.glulam.plan.OutputGroup;
import io.glulam.plan.Settings;
import io.glulam.plan.Threshold;
import io.glulam.plan.Tier;
import io.glulam.plan.Verify;
import io.glulam.testkit.generate.DuckDbFiles;
import io.glulam.testkit.generate.DuckDbSession;
import io.glulam.testkit.generate.FileRecipe;
import io.glulam.testkit.generate.GroupFileWriter;
import io.glulam.testkit.generate.ParquetJavaFiles;
import io.glulam.testkit.generate.WriterSettings;
import io.glulam.testkit.read.ParquetFile;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.apache.parquet.schema.PrimitiveType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which differences of schemas are merged, which are refused, and what the output has then. */
class SchemaMergeTest {
    private static final String SNAPPY = "COMPRESSION snappy";

    @TempDir
    Path folder;

    private Path duck(String name, String query) throws IOException {
        return DuckDbFiles.write(query, 2048, SNAPPY, folder.resolve(name));
    }

    private Path java(String name, String fields) throws IOException {
        FileRecipe recipe = FileRecipe.of(
                        name.hashCode(), MessageTypeParser.parseMessageType("message m { " + fields + " }"))
                .withRows(300);
        return ParquetJavaFiles.write(recipe, folder.resolve(name)).file();
    }

    private MergeReport merge(MergeOptions options, Path... files) {
        FoundInputs inputs = FoundInputs.of(Arrays.stream(files)
                .map(file -> new Candidate(LocalStore.object(file), ""))
                .toList());
        return new Merger(options).merge(inputs, (group, index) -> LocalStore.object(merged(index)));
    }

    private MergeReport merge(Path... files) {
        return merge(with(Settings.defaults().withVerify(Verify.VALUES)), files);
    }

    private static MergeOptions with(Settings settings) {
        return MergeOptions.defaults()
                .withCompaction(
                        CompactionOptions.defaults().withSettings(settings).withOverwrite(true));
    }

    private Path merged(int index) {
        return folder.resolve("merged-" + index + ".parquet");
    }

    private Path merged() {
        return merged(0);
    }

    private void assertRefused(Path a, Path b, String column) {
        assertThatThrownBy(() -> merge(a, b))
                .isInstanceOf(Unsupported.class)
                .hasMessageContaining(a.getFileName().toString())
                .hasMessageContaining(b.getFileName().toString())
                .hasMessageContaining(column);
        assertThat(merged()).doesNotExist();
    }

    private List<String> names() {
        try (ParquetFile file = ParquetFile.open(merged())) {
            return file.metaData().getSchema().stream()
                    .skip(1)
                    .map(SchemaElement::getName)
                    .toList();
        }
    }

    private static List<String> firstRow(String sql) {
        try (DuckDbSession duck = DuckDbSession.open()) {
            return duck.rows(sql).get(0);
        } catch (SQLException e) {
            throw new AssertionError(sql, e);
        }
    }

    // ------------------------------------------------------------ merged

    @Test
    void theOutputHasTheColumnsOfTheFirstInputAndThenThoseOfLaterOnes() throws IOException {
        Path a = duck("a.parquet", "SELECT i AS x, 'a' || i AS y FROM range(3000) t(i)");
        Path b = duck("b.parquet", "SELECT nullif(0.5, i) AS z, i AS x FROM range(3000) t(i)");

        merge(a, b);

        assertThat(names()).containsExactly("x", "y", "z");
        assertThat(firstRow("SELECT count(*), count(x), count(y), count(z) FROM '%s'".formatted(merged())))
                .containsExactly("6000", "6000", "3000", "3000");
        assertThat(firstRow("SELECT count(*) FROM '%s' WHERE y IS NULL AND z IS NOT NULL".formatted(merged())))
                .containsExactly("3000");
    }

    @Test
    void nullsOfMissingColumnsAreCounted() throws IOException {
        Path a = duck("a.parquet", "SELECT i AS x, i AS y FROM range(2048) t(i)");
        Path b = duck("b.parquet", "SELECT i AS x FROM range(2048) t(i)");

        merge(a, b);

        try (ParquetFile file = ParquetFile.open(merged())) {
            ColumnMetaData y =
                    file.metaData().getRow_groups().get(0).getColumns().get(1).getMeta_data();
            assertThat(y.getNum_values()).isEqualTo(4096);
            assertThat(y.getStatistics().getNull_count()).isEqualTo(2048);
        }
    }

    @Test
    void noValueIsDecodedForMissingAndForRequiredColumns() throws IOException {
        String rest = "optional binary s (STRING); optional int64 n;";
        Path a = java("a.parquet", "required int32 x; " + rest);
        Path b = java("b.parquet", "optional int32 x; optional int32 more;");

        MergeReport report = merge(with(Settings.defaults().withEffort(Effort.COPY)), a, b, a);

        assertThat(tiers(report)).doesNotContain(Tier.RECODE).isNotEmpty();
    }

    @Test
    void keptRowGroupsGetTheirMissingColumnsToo() throws IOException {
        Path a = duck("a.parquet", "SELECT i AS x, i AS y FROM range(3000) t(i)");
        Path b = duck("b.parquet", "SELECT i + 3000 AS x FROM range(3000) t(i)");

        merge(with(Settings.defaults().withThreshold(new Threshold.Fixed(1))), a, b);

        assertThat(firstRow("SELECT sum(x), count(y), max(y) FROM '%s'".formatted(merged())))
                .containsExactly("17997000", "3000", "2999");
    }

    @Test
    void aMissingFieldOfAStructIsNullWhereTheStructIsThere() throws IOException {
        String struct = "CASE WHEN i %% 3 = 0 THEN NULL ELSE {'a': i%s} END AS s, [{'k': i%s}, NULL] AS l";
        Path a = duck("a.parquet", "SELECT " + struct.formatted(", 'b': i", ", 'v': i") + " FROM range(3000) t(i)");
        Path b = duck("b.parquet", "SELECT " + struct.formatted("", "") + " FROM range(3000) t(i)");

        merge(a, b);

        assertThat(firstRow("SELECT count(s), count(s.a), count(s.b) FROM '%s'".formatted(merged())))
                .containsExactly("4000", "4000", "2000");
        assertThat(firstRow("SELECT count(*) FROM '%s' WHERE len(l) = 2 AND l[2] IS NULL AND l[1].k >= 0"
                        .formatted(merged())))
                .containsExactly("6000");
        assertThat(firstRow("SELECT count(l[1].v) FROM '%s'".formatted(merged())))
                .containsExactly("3000");
    }

    @Test
    void aRequiredColumnThatIsMissingBecomesOptional() throws IOException {
        Path a = java("a.parquet", "required int32 x; required int64 n; required group g { required int32 m; }");
        Path b = java("b.parquet", "required int32 x;");
        for (List<Path> files : List.of(List.of(a, b), List.of(b, a), List.of(a, b, a, b))) {
            MergeReport report = merge(with(Settings.defaults().withEffort(Effort.COPY)), files.toArray(Path[]::new));

            long inA = files.stream().filter(a::equals).count() * rows(a);
            long inAll = inA + files.stream().filter(b::equals).count() * rows(b);
            assertThat(firstRow(
                            "SELECT count(*), count(x), count(n), count(g), count(g.m) FROM '%s'".formatted(merged())))
                    .containsExactly(text(inAll), text(inAll), text(inA), text(inA), text(inA));
            assertThat(firstRow("SELECT sum(n), sum(g.m) FROM '%s'".formatted(merged())))
                    .isEqualTo(firstRow("SELECT sum(n), sum(g.m) FROM read_parquet([%s])"
                            .formatted(files.stream()
                                    .filter(a::equals)
                                    .map(file -> "'" + file + "'")
                                    .collect(Collectors.joining(", ")))));
            assertThat(tiers(report)).doesNotContain(Tier.RECODE).isNotEmpty();
            Files.delete(merged());
        }
    }

    @Test
    void aRequiredFieldThatIsMissingInAStructBecomesOptional() throws IOException {
        Path a = java("a.parquet", "required int32 x; optional group g { required int32 m; required int64 n; }");
        Path b = java("b.parquet", "required int32 x; optional group g { required int32 m; }");

        merge(a, b);

        assertThat(firstRow("SELECT count(g), count(g.m) FROM '%s'".formatted(merged())))
                .isEqualTo(firstRow("SELECT count(g), count(g.m) FROM read_parquet(['%s', '%s'], union_by_name = true)"
                        .formatted(a, b)));
        assertThat(firstRow("SELECT count(g.n), sum(g.n) FROM '%s'".formatted(merged())))
                .isEqualTo(firstRow("SELECT count(g.n), sum(g.n) FROM '%s'".formatted(a)));
    }

    private static List<Tier> tiers(MergeReport report) {
        return report.outputs().get(0).plan().groups().stream()
                .flatMap(group -> ((OutputGroup.MergedGroup) group).columns().stream())
                .map(ColumnPlan::tier)
                .toList();
    }

    private static String text(long number) {
        return String.valueOf(number);
    }

    private static long rows(Path file) {
        try (ParquetFile parquet = ParquetFile.open(file)) {
            return parquet.metaData().getNum_rows();
        }
    }

    @Test
    void convertedTypesMeanWhatLogicalTypesMean() throws IOException {
        Path a = java("a.parquet", "optional binary s (STRING); optional int32 d (DATE); optional int32 n (INT_8);");
        Path b = WithoutLogicalTypes.of(a, folder.resolve("b.parquet"));

        merge(a, b);

        assertThat(firstRow("SELECT count(*) FROM '%s'".formatted(merged()))).containsExactly("600");
        merge(b, a);
        try (ParquetFile file = ParquetFile.open(merged())) {
            assertThat(file.metaData().getSchema()).noneMatch(SchemaElement::isSetLogicalType);
        }
    }

    @Test
    void renamedFieldsGoByTheirIds() throws IOException {
        Path a = java("a.parquet", "required int32 old = 1; optional int64 n = 2;");
        Path b = java("b.parquet", "required int64 n = 2; optional int32 young = 1;");

        merge(a, b);

        assertThat(names()).containsExactly("old", "n");
        assertThat(firstRow("SELECT count(*), count(n) >= 300 FROM '%s'".formatted(merged())))
                .containsExactly("600", "true");
    }

    @Test
    void withoutIdsInAllFilesFieldsGoByTheirPaths() throws IOException {
        Path a = java("a.parquet", "required int32 x = 1; required int64 n = 2;");
        Path b = java("b.parquet", "required int64 n; required int32 x;");

        merge(a, b);

        assertThat(names()).containsExactly("x", "n");
    }

    @Test
    void metadataThatDescribesASchemaIsDroppedBesideAnotherOne() throws IOException {
        String arrow =
                ", KV_METADATA {\"ARROW:schema\": 'x', \"org.apache.spark.sql.parquet.row.metadata\": 'y', other: 'z'}";
        Path a = DuckDbFiles.write(
                "SELECT i AS x FROM range(1) t(i)", 2048, SNAPPY + arrow, folder.resolve("a.parquet"));
        Path b = DuckDbFiles.write(
                "SELECT i AS x, nullif(i, 1) AS y FROM range(1) t(i)",
                2048,
                SNAPPY + arrow,
                folder.resolve("b.parquet"));

        MergeReport report = merge(a, b);

        assertThat(keys()).containsExactly("other");
        assertThat(report.dropped())
                .anySatisfy(text -> assertThat(text).contains("ARROW:schema").contains("describes the schema"))
                .anySatisfy(text -> assertThat(text).contains("row.metadata"));
        merge(b, a);
        assertThat(keys()).hasSize(3);
    }

    private List<String> keys() {
        try (ParquetFile file = ParquetFile.open(merged())) {
            return file.metaData().getKey_value_metadata().stream()
                    .map(entry -> entry.getKey())
                    .toList();
        }
    }

    // ------------------------------------------------------------ wider types

    private MergeReport widen(Path... files) {
        return merge(with(Settings.defaults().withVerify(Verify.VALUES)).withWiden(true), files);
    }

    private static final String NUMBERS = """
            SELECT (CASE WHEN i %% 7 = 0 THEN NULL ELSE i - 1500 END)::%s AS n,
                (CASE i %% 9 WHEN 0 THEN 'nan'::FLOAT WHEN 1 THEN -0.0 WHEN 2 THEN '-infinity'::FLOAT WHEN 3 THEN NULL
                    ELSE i / 7.0 END)::%s AS f,
                ((i - 1500) / 100.0)::DECIMAL(%s, 2) AS d,
                [i, NULL, -i]::%s[] AS l
            FROM range(3000) t(i)""";

    private Path numbers(String name, String integer, String floating, int precision) throws IOException {
        return duck(name, NUMBERS.formatted(integer, floating, precision, integer));
    }

    @Test
    void typesThatDifferBecomeTheWiderOne() throws IOException {
        Path narrow = numbers("a.parquet", "INTEGER", "FLOAT", 9);
        Path wide = numbers("b.parquet", "BIGINT", "DOUBLE", 18);
        Path widest = numbers("c.parquet", "BIGINT", "DOUBLE", 38);
        Path small = numbers("d.parquet", "SMALLINT", "FLOAT", 6);

        for (Path[] files : List.of(
                new Path[] {narrow, wide, widest, small},
                new Path[] {widest, wide, small, narrow},
                new Path[] {small, narrow},
                new Path[] {narrow, widest})) {
            widen(files);
            String all = Arrays.stream(files)
                    .map(file -> "SELECT n, f, d, l FROM '" + file + "'")
                    .collect(Collectors.joining(" UNION ALL "));
            String sums = "SELECT count(*), count(n), sum(n), min(n), max(n), count(f),"
                    + " sum(CASE WHEN isfinite(f) THEN f ELSE 0 END)::DECIMAL(30, 3),"
                    + " count(*) FILTER (isnan(f)), sum(d), min(d), max(d), sum(len(l)), sum(list_sum(l)) FROM ";
            assertThat(firstRow(sums + "'" + merged() + "'")).isEqualTo(firstRow(sums + "(" + all + ")"));
            for (String filter :
                    List.of("n = 7", "n < -1490", "d > 14.9", "d = 0", "f > 400", "isnan(f)", "n IS NULL")) {
                String count = "SELECT count(*) FROM ";
                assertThat(firstRow(count + "'" + merged() + "' WHERE " + filter))
                        .as(filter)
                        .isEqualTo(firstRow(count + "(" + all + ") WHERE " + filter));
            }
        }
    }

    /** Hundredths from -9,000 on, in steps that use bytes of all lengths up to three. */
    private Path decimals(String name, String field) throws IOException {
        MessageType schema = MessageTypeParser.parseMessageType("message m { " + field + " }");
        PrimitiveType type = schema.getType(0).asPrimitiveType();
        try (GroupFileWriter writer = GroupFileWriter.create(folder.resolve(name), schema, Map.of(), false)) {
            Iterator<Group> rows = IntStream.range(0, 2000)
                    .mapToObj(i -> {
                        Group row = new SimpleGroup(schema);
                        int hundredths = (i - 1000) * (1 + i % 9 * (i % 2) * 100);
                        switch (type.getPrimitiveTypeName()) {
                            case INT32 -> row.add(0, hundredths);
                            case INT64 -> row.add(0, (long) hundredths);
                            default ->
                                row.add(0, Binary.fromConstantByteArray(bytes(hundredths, type.getTypeLength())));
                        }
                        return row;
                    })
                    .iterator();
            writer.writeRowGroup(WriterSettings.defaults(), rows, 2000);
        }
        return folder.resolve(name);
    }

    /** Big-endian; as many bytes as are needed where the type has no length. */
    private static byte[] bytes(long value, int length) {
        byte[] shortest = BigInteger.valueOf(value).toByteArray();
        byte[] bytes = new byte[Math.max(length, shortest.length)];
        Arrays.fill(bytes, (byte) (value < 0 ? -1 : 0));
        System.arraycopy(shortest, 0, bytes, bytes.length - shortest.length, shortest.length);
        return bytes;
    }

    @Test
    void decimalsBecomeWiderAcrossPhysicalTypes() throws IOException {
        Path a = decimals("a.parquet", "required int32 d (DECIMAL(9,2));");
        Path b = decimals("b.parquet", "optional int64 d (DECIMAL(12,2));");
        Path c = decimals("c.parquet", "optional fixed_len_byte_array(7) d (DECIMAL(16,2));");
        Path e = decimals("e.parquet", "required binary d (DECIMAL(20,2));");
        Path f = decimals("f.parquet", "optional fixed_len_byte_array(3) d (DECIMAL(6,2));");

        for (Path[] files : List.of(
                new Path[] {a, b, c, e, f}, new Path[] {f, e, a}, new Path[] {f, b, a}, new Path[] {c, a}, new Path[] {
                    e, c
                })) {
            widen(files);
            String all = Arrays.stream(files)
                    .map(file -> "SELECT d FROM '" + file + "'")
                    .collect(Collectors.joining(" UNION ALL "));
            String sums = "SELECT count(*), count(d), sum(d), min(d), max(d) FROM ";
            assertThat(firstRow(sums + "'" + merged() + "'")).isEqualTo(firstRow(sums + "(" + all + ")"));
        }
    }

    @Test
    void aRefusalTellsThatWideningWouldHelp() throws IOException {
        Path a = duck("a.parquet", "SELECT i::INTEGER AS x FROM range(2) t(i)");
        Path b = duck("b.parquet", "SELECT i AS x FROM range(2) t(i)");

        assertThatThrownBy(() -> merge(a, b))
                .isInstanceOf(Unsupported.class)
                .hasMessageContaining(Remedy.WIDER_TYPES.text());
    }

    @Test
    void typesThatAreNotWiderAreRefusedDespiteWiden() throws IOException {
        MergeOptions widening = with(Settings.defaults()).withWiden(true);
        for (String[] types : new String[][] {
            {"INTEGER", "VARCHAR"},
            {"DECIMAL(9,2)", "DECIMAL(9,3)"},
            {"UINTEGER", "BIGINT"},
            {"INTEGER", "DOUBLE"},
            {"DATE", "TIMESTAMP"}
        }) {
            Path a = duck("a.parquet", "SELECT NULL::" + types[0] + " AS x FROM range(2)");
            Path b = duck("b.parquet", "SELECT NULL::" + types[1] + " AS x FROM range(2)");
            assertThatThrownBy(() -> merge(widening, a, b))
                    .isInstanceOf(Unsupported.class)
                    .hasMessageContaining("schema element x");
        }
    }

    // ------------------------------------------------------------ refused

    @Test
    void aRepeatedColumnThatIsMissingIsRefused() throws IOException {
        Path a = java("a.parquet", "required int32 x; repeated int64 n;");
        Path b = java("b.parquet", "required int32 x;");

        assertRefused(a, b, "n REPEATED INT64");
        assertRefused(b, a, "n REPEATED INT64");
    }

    @Test
    void filesThatShareNoColumnAreRefused() throws IOException {
        assertRefused(
                java("a.parquet", "optional int32 x; optional int32 z;"),
                java("b.parquet", "optional int32 y;"),
                "none of the columns");
    }

    @Test
    void listsOfTwoAndOfThreeLevelsAreRefused() throws IOException {
        Path a = java("a.parquet", "optional int32 x; optional group l (LIST) { repeated int32 element; }");
        Path b = java(
                "b.parquet",
                "optional int32 x; optional group l (LIST) { repeated group list { optional int32 element; } }");

        assertRefused(a, b, "l OPTIONAL group");
    }

    @Test
    void idsAndNamesThatContradictEachOtherAreRefused() throws IOException {
        Path a = java("a.parquet", "required int32 x = 1; required int32 y = 2;");
        Path b = java("b.parquet", "required int32 x = 2; required int32 y = 1;");

        assertRefused(a, b, "schema element x");
    }

    @Test
    void columnsWhoseNamesDifferInUpperAndLowerCaseOnlyAreRefused() throws IOException {
        Path a = java("a.parquet", "optional int32 x; optional int32 y;");
        Path b = java("b.parquet", "optional int32 x; optional int32 Y;");

        assertRefused(a, b, "Y OPTIONAL");
    }

    @Test
    void anOptionalAndARepeatedFieldAreRefused() throws IOException {
        Path a = java("a.parquet", "required int32 x; optional int32 y;");
        Path b = java("b.parquet", "required int32 x; repeated int32 y;");

        assertRefused(a, b, "y REPEATED");
    }

    @Test
    void aFileWithoutIdsThatWouldTearARenamedColumnApartIsRefused() throws IOException {
        Path a = java("a.parquet", "optional int32 old = 1; optional int64 n = 2;");
        Path b = java("b.parquet", "optional int32 young = 1; optional int64 n = 2;");
        Path c = java("c.parquet", "optional int64 n; optional int32 more;");

        assertThatThrownBy(() -> merge(a, b, c))
                .isInstanceOf(Unsupported.class)
                .hasMessageContaining("c.parquet")
                .hasMessageContaining("field ids");
    }
}
