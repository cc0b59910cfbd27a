package io.glulam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glulam.error.CorruptFile;
import io.glulam.error.StorageFailed;
import io.glulam.error.Unsupported;
import io.glulam.format.LogicalType;
import io.glulam.format.PhysicalType;
import io.glulam.local.LocalStore;
import io.glulam.plan.ColumnPlan;
import io.glulam.plan.Effort;
import io.glulam.plan.OutputGroup;
import io.glulam.plan.Settings;
import io.glulam.plan.Threshold;
import io.glulam.plan.Tier;
import io.glulam.plan.Verify;
import io.glulam.shape.MadeColumn;
import io.glulam.shape.ShapedInput;
import io.glulam.shape.TargetField;
import io.glulam.shape.TargetShape;
import io.glulam.testkit.generate.DuckDbFiles;
import io.glulam.testkit.generate.DuckDbSession;
import io.glulam.testkit.generate.FileRecipe;
import io.glulam.testkit.generate.ParquetJavaFiles;
import io.glulam.testkit.read.ParquetFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files become one file of the form that their table gives. */
class ShapedMergerTest {
    private static final TargetField ID =
            TargetField.leaf("id", PhysicalType.INT64).withId(1);
    private static final TargetField NAME = TargetField.leaf("name", PhysicalType.BYTE_ARRAY)
            .as(LogicalType.string())
            .withId(2);

    @TempDir
    Path folder;

    private Path file(String name, String fields) throws IOException {
        FileRecipe recipe = FileRecipe.of(
                        name.hashCode(), MessageTypeParser.parseMessageType("message m { " + fields + " }"))
                .withRows(100, 200);
        return ParquetJavaFiles.write(recipe, folder.resolve(name)).file();
    }

    private Path merged() {
        return folder.resolve("merged.parquet");
    }

    private static ShapedInput input(Path file) {
        return ShapedInput.of(LocalStore.object(file));
    }

    private static ShapedInput[] inputs(Path... files) {
        return Arrays.stream(files).map(ShapedMergerTest::input).toArray(ShapedInput[]::new);
    }

    private ShapedReport merge(Settings settings, TargetShape shape, ShapedInput... inputs) {
        ShapedMerge merge = new ShapedMerge(List.of(inputs), shape, LocalStore.object(merged()));
        return new ShapedMerger(CompactionOptions.defaults().withSettings(settings.withVerify(Verify.VALUES)))
                .write(merge);
    }

    private ShapedReport merge(TargetShape shape, ShapedInput... inputs) {
        return merge(Settings.defaults(), shape, inputs);
    }

    private List<String> names() {
        try (ParquetFile file = ParquetFile.open(merged())) {
            return file.metaData().getSchema().stream()
                    .skip(1)
                    .map(SchemaElement::getName)
                    .toList();
        }
    }

    private static List<List<String>> rows(String sql) {
        try (DuckDbSession duck = DuckDbSession.open()) {
            return duck.rows(sql);
        } catch (SQLException e) {
            throw new AssertionError(sql, e);
        }
    }

    private static List<Tier> tiers(ShapedReport report) {
        return report.compaction().plan().groups().stream()
                .flatMap(group -> ((OutputGroup.MergedGroup) group).columns().stream())
                .map(ColumnPlan::tier)
                .toList();
    }

    // ------------------------------------------------------------ fields

    @Test
    void renamedAndReorderedFieldsAreFoundByTheirIds() throws IOException {
        Path a = file("a.parquet", "required binary old (STRING) = 2; required int64 id = 1;");
        Path b = file("b.parquet", "optional int64 id = 1; optional binary name (STRING) = 2;");

        ShapedReport report = merge(TargetShape.byFieldId(List.of(ID, NAME)), inputs(a, b));

        assertThat(names()).containsExactly("id", "name");
        assertThat(report.rows()).isEqualTo(600);
        assertThat(report.inputRows()).containsExactly(300L, 300L);
        assertThat(rows("SELECT id, name FROM '%s'".formatted(merged())))
                .isEqualTo(rows("SELECT id, old FROM '%s' UNION ALL SELECT id, name FROM '%s'".formatted(a, b)));
    }

    @Test
    void aColumnThatAllInputsHaveAsRequiredStaysSoAndItsPagesMove() throws IOException {
        Path a = file("a.parquet", "required int64 id = 1; required binary name (STRING) = 2;");
        Path b = file("b.parquet", "required int64 id = 1; optional binary name (STRING) = 2;");

        ShapedReport report = merge(TargetShape.byFieldId(List.of(ID, NAME)).keepingRequired(), inputs(a, b));

        try (ParquetFile file = ParquetFile.open(merged())) {
            assertThat(file.metaData().getSchema().stream().skip(1).map(SchemaElement::getRepetition_type))
                    .containsExactly(FieldRepetitionType.REQUIRED, FieldRepetitionType.OPTIONAL);
        }
        assertThat(report.rows()).isEqualTo(600);
        assertThat(rows("SELECT id, name FROM '%s'".formatted(merged())))
                .isEqualTo(rows("SELECT id, name FROM '%s' UNION ALL SELECT id, name FROM '%s'".formatted(a, b)));
    }

    @Test
    void aColumnThatOneInputLacksDoesNotStayRequired() throws IOException {
        Path a = file("a.parquet", "required int64 id = 1; required binary name (STRING) = 2;");
        Path b = file("b.parquet", "required int64 id = 1;");

        merge(TargetShape.byFieldId(List.of(ID, NAME)).keepingRequired(), inputs(a, b));

        try (ParquetFile file = ParquetFile.open(merged())) {
            assertThat(file.metaData().getSchema().stream().skip(1).map(SchemaElement::getRepetition_type))
                    .containsExactly(FieldRepetitionType.REQUIRED, FieldRepetitionType.OPTIONAL);
        }
        assertThat(rows("SELECT count(*), count(name) FROM '%s'".formatted(merged())))
                .containsExactly(List.of("600", "300"));
    }

    @Test
    void fieldsThatTheShapeLacksAreLeftOutWithAllBelow() throws IOException {
        Path a = file(
                "a.parquet",
                "required int64 id = 1; optional group g = 3 { optional int32 x = 4; optional binary y = 5; }"
                        + " optional binary name (STRING) = 2;");

        ShapedReport report = merge(TargetShape.byFieldId(List.of(ID, NAME)), inputs(a, a));

        assertThat(names()).containsExactly("id", "name");
        assertThat(report.dropped()).anySatisfy(text -> assertThat(text).contains("field g:"));
        assertThat(rows("SELECT id, name FROM '%s'".formatted(merged())))
                .isEqualTo(rows("SELECT id, name FROM read_parquet(['%s', '%s'])".formatted(a, a)));
        assertThat(report.compaction().plan().groups()).hasSize(1);
        assertThat(tiers(report)).doesNotContain(Tier.RECODE);
    }

    @Test
    void aStructAndAListMatchByIdsAtEveryLevel() throws IOException {
        Path a = file(
                "a.parquet",
                "optional group s = 1 { required double x = 2; optional int32 y = 3; }"
                        + " optional group l (LIST) = 4 { repeated group bag { optional group item = 5 {"
                        + " optional int64 k = 6; optional binary v (STRING) = 7; } } }");
        Path b = file(
                "b.parquet",
                "optional group l (LIST) = 4 { repeated group list { required group element = 5 {"
                        + " optional binary w (STRING) = 7; } } } optional group t = 1 { optional double x = 2; }");
        TargetShape shape = TargetShape.byFieldId(List.of(
                TargetField.group(
                                "s", TargetField.leaf("x", PhysicalType.DOUBLE).withId(2))
                        .withId(1),
                TargetField.list(
                                "l",
                                TargetField.group(
                                                "element",
                                                TargetField.leaf("v", PhysicalType.BYTE_ARRAY)
                                                        .as(LogicalType.string())
                                                        .withId(7),
                                                TargetField.leaf("k", PhysicalType.INT64)
                                                        .withId(6))
                                        .withId(5))
                        .withId(4)));

        merge(shape, inputs(a, b));

        String wanted = """
            SELECT CASE WHEN s IS NULL THEN NULL ELSE {'x': s.x} END AS s,
                list_transform(l, lambda e: CASE WHEN e IS NULL THEN NULL ELSE {'v': e.v, 'k': e.k} END) AS l FROM '%s'
            UNION ALL SELECT t, list_transform(l, lambda e: {'v': e.w, 'k': NULL::BIGINT}) FROM '%s'\
            """;
        assertThat(rows("SELECT s, l FROM '%s'".formatted(merged()))).isEqualTo(rows(wanted.formatted(a, b)));
    }

    @Test
    void withoutIdsFieldsAreFoundByANameMapping() throws IOException {
        Path a = file(
                "a.parquet",
                "required int64 nr; optional group l (LIST) { repeated group bag { optional int32 item; } }"
                        + " optional int32 more;");
        TargetShape shape = TargetShape.byFieldId(List.of(
                ID,
                TargetField.list(
                                "l",
                                TargetField.leaf("element", PhysicalType.INT32).withId(4))
                        .withId(3)));
        Map<List<String>, Integer> ids = Map.of(List.of("nr"), 1, List.of("l"), 3, List.of("l", "element"), 4);

        assertThatThrownBy(() -> merge(shape, inputs(a)))
                .isInstanceOf(Unsupported.class)
                .hasMessageContaining("a.parquet")
                .hasMessageContaining("have no ids");
        ShapedReport report = merge(shape, input(a).withNameMapping(ids::get));

        assertThat(rows("SELECT id, l FROM '%s'".formatted(merged())))
                .isEqualTo(rows("SELECT nr, l FROM '%s'".formatted(a)));
        assertThat(report.dropped()).anySatisfy(text -> assertThat(text).contains("field more:"));
        assertThat(report.columns().get(1).fieldId()).isEqualTo(4);
    }

    @Test
    void byNameFieldsAreFoundWhateverTheirIds() throws IOException {
        Path a = file("a.parquet", "required int64 id = 7; optional binary name (STRING);");
        Path b = file("b.parquet", "optional binary name (STRING) = 1; required int64 id;");

        merge(TargetShape.byName(List.of(ID, NAME)), inputs(a, b));

        assertThat(rows("SELECT id, name FROM '%s'".formatted(merged())))
                .isEqualTo(rows("SELECT id, name FROM '%s' UNION ALL SELECT id, name FROM '%s'".formatted(a, b)));
    }

    // ------------------------------------------------------------ promotions

    private Path duck(String name, String query) throws IOException {
        return DuckDbFiles.write(query, 2048, "COMPRESSION zstd", folder.resolve(name));
    }

    @Test
    void columnsBecomeOfTheWiderTypeThatTheTableHas() throws IOException {
        String query = """
            SELECT i::INTEGER - 1500 AS i, (i / 7.0)::FLOAT AS f, (i - 1500)::DECIMAL(9, 2) AS d,
                (i - 1500)::DECIMAL(18, 2) AS e, DATE '1970-01-01' + (i::INTEGER - 1500) AS t,
                DATE '1970-01-01' - (i::INTEGER) AS u, encode('b' || i) AS s
            FROM range(3000) t(i)\
            """;
        Path a = duck("a.parquet", query);
        TargetShape shape = TargetShape.byName(List.of(
                TargetField.leaf("i", PhysicalType.INT64),
                TargetField.leaf("f", PhysicalType.DOUBLE),
                TargetField.leaf("d", PhysicalType.INT64).as(LogicalType.decimal(15, 2)),
                TargetField.fixed("e", 16).as(LogicalType.decimal(38, 2)),
                TargetField.leaf("t", PhysicalType.INT64).as(LogicalType.timestamp(false, 2)),
                TargetField.leaf("u", PhysicalType.INT64).as(LogicalType.timestamp(false, 3)),
                TargetField.leaf("s", PhysicalType.BYTE_ARRAY).as(LogicalType.string())));

        merge(shape, inputs(a, a));

        String wanted = "SELECT i::BIGINT, f::DOUBLE, d::DECIMAL(15, 2), e::DECIMAL(38, 2), t::TIMESTAMP,"
                + " u::TIMESTAMP_NS, decode(s) FROM read_parquet(['%1$s', '%1$s'])";
        assertThat(rows("SELECT i, f, d, e, t, u, s FROM '%s'".formatted(merged())))
                .isEqualTo(rows(wanted.formatted(a)));
        assertThat(rows(
                        "SELECT typeof(i), typeof(f), typeof(d), typeof(e), typeof(t), typeof(u), typeof(s) FROM '%s' LIMIT 1"
                                .formatted(merged())))
                .containsExactly(List.of(
                        "BIGINT", "DOUBLE", "DECIMAL(15,2)", "DECIMAL(38,2)", "TIMESTAMP", "TIMESTAMP_NS", "VARCHAR"));
    }

    @Test
    void moreDigitsInTheSamePhysicalFormAreMetadataOnly() throws IOException {
        Path a = duck("a.parquet", "SELECT i::DECIMAL(12, 2) AS d FROM range(3000) t(i)");
        TargetField wider = TargetField.leaf("d", PhysicalType.INT64).as(LogicalType.decimal(18, 2));

        ShapedReport report =
                merge(Settings.defaults().withEffort(Effort.COPY), TargetShape.byName(List.of(wider)), inputs(a, a));

        assertThat(tiers(report)).doesNotContain(Tier.RECODE).isNotEmpty();
        assertThat(rows("SELECT sum(d), typeof(any_value(d)) FROM '%s'".formatted(merged())))
                .containsExactly(List.of("8997000.00", "DECIMAL(18,2)"));
    }

    @Test
    void aNarrowerTypeOrAnotherScaleIsRefused() throws IOException {
        Path a = duck(
                "a.parquet",
                "SELECT 1::BIGINT AS i, 1.5::DOUBLE AS f, 1::DECIMAL(12, 2) AS d, TIMESTAMP '2020-01-01' AS t");

        for (TargetField field : List.of(
                TargetField.leaf("i", PhysicalType.INT32),
                TargetField.leaf("f", PhysicalType.FLOAT),
                TargetField.leaf("d", PhysicalType.INT64).as(LogicalType.decimal(12, 3)),
                TargetField.leaf("d", PhysicalType.INT64).as(LogicalType.decimal(11, 2)),
                TargetField.leaf("t", PhysicalType.INT64).as(LogicalType.timestamp(true, 2)),
                TargetField.leaf("t", PhysicalType.INT64).as(LogicalType.timestamp(false, 3)))) {
            assertRefused(TargetShape.byName(List.of(field)), input(a), "a.parquet", field.name());
        }
    }

    @Test
    void aDateThatNoTimestampCanHoldIsRefused() throws IOException {
        Path a = duck("a.parquet", "SELECT DATE '2262-04-11' + i::INTEGER AS t FROM range(2) t(i)");
        TargetField nanos = TargetField.leaf("t", PhysicalType.INT64).as(LogicalType.timestamp(false, 3));

        assertRefused(TargetShape.byName(List.of(nanos)), input(a), "a.parquet", "t", "no timestamp");
    }

    // ------------------------------------------------------------ made columns

    @Test
    void columnsThatAnInputLacksHoldWhatTheTableGivesThem() throws IOException {
        Path a = file("a.parquet", "required int64 id = 1;");
        Path b = file("b.parquet", "required int64 id = 1;");
        TargetShape shape = TargetShape.byFieldId(List.of(
                ID,
                NAME,
                TargetField.leaf("day", PhysicalType.INT32)
                        .as(LogicalType.date())
                        .withId(3),
                TargetField.leaf("flag", PhysicalType.BOOLEAN).withId(4).required(),
                TargetField.leaf("f", PhysicalType.FLOAT).withId(5),
                TargetField.leaf("d", PhysicalType.DOUBLE).withId(6),
                TargetField.fixed("x", 3).withId(7),
                TargetField.leaf("_row_id", PhysicalType.INT64).withId(2147483540),
                TargetField.leaf("_seq", PhysicalType.INT64).withId(2147483539)));
        List<ShapedInput> inputs = new ArrayList<>();
        for (Path file : List.of(a, b)) {
            int number = inputs.size();
            inputs.add(input(file)
                    .withMade("name", MadeColumn.constant(("n" + number).getBytes(StandardCharsets.UTF_8)))
                    .withMade("day", MadeColumn.constant(number))
                    .withMade("flag", MadeColumn.constant(number == 1))
                    .withMade("f", MadeColumn.constant(-0.5f))
                    .withMade("d", MadeColumn.constant(Double.NEGATIVE_INFINITY))
                    .withMade("x", MadeColumn.constant(new byte[] {1, 2, (byte) number}))
                    .withMade("_row_id", MadeColumn.ascending(1000L * (2 - number)))
                    .withMade("_seq", MadeColumn.constant(7L + number)));
        }

        ShapedReport report = merge(shape, inputs.toArray(ShapedInput[]::new));

        String wanted = "SELECT id, 'n%1$d', DATE '1970-01-01' + %1$d, %1$d = 1, -0.5::FLOAT, '-infinity'::DOUBLE,"
                + " '\\x01\\x02\\x0%1$d'::BLOB, 1000 * (2 - %1$d) + file_row_number, 7 + %1$d"
                + " FROM read_parquet('%2$s', file_row_number = true)";
        assertThat(rows("SELECT * FROM '%s'".formatted(merged())))
                .isEqualTo(rows(wanted.formatted(0, a) + " UNION ALL " + wanted.formatted(1, b)));
        assertThat(tiers(report)).doesNotContain(Tier.RECODE);
        assertThat(report.columns()).allSatisfy(column -> {
            assertThat(column.values()).isEqualTo(600);
            assertThat(column.nulls()).isZero();
        });
        assertThat(rows(
                        "SELECT stats_min_value, stats_max_value FROM parquet_metadata('%s') WHERE path_in_schema = '_row_id'"
                                .formatted(merged())))
                .containsExactly(List.of("1000", "2299"));
    }

    @Test
    void aColumnThatTheInputHasKeepsItsValues() throws IOException {
        Path a = file("a.parquet", "required int64 id = 1; optional binary name (STRING) = 2;");

        merge(TargetShape.byFieldId(List.of(ID, NAME)), input(a).withMade("name", MadeColumn.constant(new byte[0])));

        assertThat(rows("SELECT id, name FROM '%s'".formatted(merged())))
                .isEqualTo(rows("SELECT id, name FROM '%s'".formatted(a)));
    }

    @Test
    void nullsOfAColumnAreReplacedWhereTheTableSaysSo() throws IOException {
        Path a = file("a.parquet", "required int32 x = 1; optional int64 _row_id = 8; optional int64 _seq = 9;");
        Path b = file("b.parquet", "required int32 x = 1; required int64 _row_id = 8;");
        TargetShape shape = TargetShape.byFieldId(List.of(
                TargetField.leaf("x", PhysicalType.INT32).withId(1),
                TargetField.leaf("_row_id", PhysicalType.INT64).withId(8),
                TargetField.leaf("_seq", PhysicalType.INT64).withId(9)));
        MadeColumn sequence = MadeColumn.constant(-3L).forNullsToo();

        ShapedReport report = merge(
                shape,
                input(a).withMade("_row_id", MadeColumn.ascending(5).forNullsToo())
                        .withMade("_seq", sequence),
                input(b).withMade("_row_id", MadeColumn.ascending(5).forNullsToo())
                        .withMade("_seq", sequence));

        String wanted = "SELECT x, coalesce(_row_id, 5 + file_row_number), coalesce(%s, -3)"
                + " FROM read_parquet('%s', file_row_number = true)";
        assertThat(rows("SELECT * FROM '%s'".formatted(merged())))
                .isEqualTo(rows(wanted.formatted("_seq", a) + " UNION ALL " + wanted.formatted("NULL", b)));
        assertThat(report.columns().get(1).nulls()).isZero();
    }

    @Test
    void aConstantBelowAGroupIsThereWhereTheGroupIs() throws IOException {
        Path a = file(
                "a.parquet",
                "optional group g = 1 { optional int32 x = 2; } optional group l (LIST) = 4 { repeated group list {"
                        + " optional group element = 5 { optional int32 k = 6; } } }");
        Path b = file(
                "b.parquet",
                "required int64 z = 9; optional group l (LIST) = 4 { repeated group list {"
                        + " required group element = 5 { optional int32 k = 6; } } }");
        TargetField x = TargetField.leaf("x", PhysicalType.INT32).withId(2);
        TargetField y = TargetField.leaf("y", PhysicalType.INT64).withId(3);
        TargetField k = TargetField.leaf("k", PhysicalType.INT32).withId(6);
        TargetField v = TargetField.leaf("v", PhysicalType.BYTE_ARRAY)
                .as(LogicalType.string())
                .withId(7);
        TargetShape shape = TargetShape.byFieldId(List.of(
                TargetField.group("g", x, y.required()).withId(1),
                TargetField.list("l", TargetField.group("element", k, v).withId(5))
                        .withId(4)));
        MadeColumn text = MadeColumn.constant("twelve".getBytes(StandardCharsets.UTF_8));

        merge(
                shape,
                Arrays.stream(inputs(a, b))
                        .map(input -> input.withMade(List.of("g", "y"), MadeColumn.constant(12L))
                                .withMade(List.of("l", "element", "v"), text))
                        .toArray(ShapedInput[]::new));

        String list = "list_transform(l, lambda e: CASE WHEN e IS NULL THEN NULL ELSE {'k': e.k, 'v': 'twelve'} END)";
        assertThat(rows("SELECT * FROM '%s'".formatted(merged())))
                .isEqualTo(rows(("SELECT CASE WHEN g IS NULL THEN NULL ELSE {'x': g.x, 'y': 12::BIGINT} END, " + list
                                + " FROM '%s' UNION ALL SELECT NULL, " + list + " FROM '%s'")
                        .formatted(a, b)));
    }

    // ------------------------------------------------------------ layout and metadata

    @Test
    void healthyRowGroupsOfColumnsThatFitKeepTheirBytes() throws IOException {
        Path a =
                file("a.parquet", "required int64 id = 1; optional int32 more = 3; optional binary name (STRING) = 2;");

        ShapedReport report = merge(
                Settings.defaults().withThreshold(new Threshold.Fixed(1)),
                TargetShape.byFieldId(List.of(ID.required(), NAME)),
                inputs(a, a));

        assertThat(report.compaction().columns()).isEmpty();
        assertThat(report.rowGroupStarts()).hasSize(4).isSorted().startsWith(4L);
        try (ParquetFile before = ParquetFile.open(a);
                ParquetFile after = ParquetFile.open(merged())) {
            for (int i = 0; i < 4; i++) {
                var from = before.chunkMetaData(i % 2, 2);
                var to = after.chunkMetaData(i, 1);
                int length = (int) from.getTotal_compressed_size();
                assertThat(after.bytes(
                                to.getDictionary_page_offset() > 0
                                        ? to.getDictionary_page_offset()
                                        : to.getData_page_offset(),
                                length))
                        .isEqualTo(before.bytes(
                                from.getDictionary_page_offset() > 0
                                        ? from.getDictionary_page_offset()
                                        : from.getData_page_offset(),
                                length));
            }
        }
        assertThat(rows("SELECT id, name FROM '%s'".formatted(merged())))
                .isEqualTo(rows("SELECT id, name FROM read_parquet(['%1$s', '%1$s'])".formatted(a)));
    }

    @Test
    void bytesOfColumnsThatAreLeftOutAreNotInTheOutput() throws IOException {
        Path a = duck("a.parquet", "SELECT i AS x, 'secret' || i AS y, i AS z FROM range(2000) t(i)");
        List<TargetField> fields =
                List.of(TargetField.leaf("x", PhysicalType.INT64), TargetField.leaf("z", PhysicalType.INT64));

        merge(Settings.defaults().withThreshold(new Threshold.Fixed(1)), TargetShape.byName(fields), inputs(a, a));

        try (ParquetFile file = ParquetFile.open(merged())) {
            long chunks = 4;
            for (int i = 0; i < 2; i++) {
                chunks += file.chunkMetaData(i, 0).getTotal_compressed_size()
                        + file.chunkMetaData(i, 1).getTotal_compressed_size();
            }
            assertThat(file.chunkMetaData(1, 1).getData_page_offset()
                            + file.chunkMetaData(1, 1).getTotal_compressed_size())
                    .isLessThanOrEqualTo(chunks);
        }
    }

    @Test
    void sizesOfAKeptRowGroupAreThoseOfItsOwnColumns() throws IOException {
        Path a = duck("a.parquet", "SELECT i AS x, 'long text' || i AS y FROM range(2000) t(i)");
        TargetField x = TargetField.leaf("x", PhysicalType.INT64);

        merge(Settings.defaults().withThreshold(new Threshold.Fixed(1)), TargetShape.byName(List.of(x)), inputs(a));

        try (ParquetFile file = ParquetFile.open(merged())) {
            var rowGroup = file.metaData().getRow_groups().get(0);
            var chunk = file.chunkMetaData(0, 0);
            assertThat(rowGroup.getTotal_byte_size()).isEqualTo(chunk.getTotal_uncompressed_size());
            assertThat(rowGroup.getTotal_compressed_size()).isEqualTo(chunk.getTotal_compressed_size());
        }
    }

    @Test
    void theOutputHasTheMetadataThatIsGivenAndTheKeysThatAreKept() throws IOException {
        Path a = file("a.parquet", "required int64 id = 1;");
        TargetShape shape = TargetShape.byFieldId(List.of(ID)).withMetadata(Map.of("iceberg.schema", "{}"));

        ShapedReport report = merge(shape, inputs(a, a));

        assertThat(metadata()).isEqualTo(Map.of("iceberg.schema", "{}"));
        assertThat(report.dropped()).anySatisfy(text -> assertThat(text).contains("key-value metadata generated"));
        Files.delete(merged());
        merge(shape.withKeptKeys(Set.of("generated")), inputs(a, a));
        assertThat(metadata()).containsOnlyKeys("iceberg.schema", "generated");
    }

    private Map<String, String> metadata() {
        try (ParquetFile file = ParquetFile.open(merged())) {
            return file.metaData().getKey_value_metadata().stream()
                    .collect(Collectors.toMap(entry -> entry.getKey(), entry -> entry.getValue()));
        }
    }

    @Test
    void theReportTellsWhatATableNeedsToKnow() throws IOException {
        Path a = file("a.parquet", "required int64 id = 1; optional binary name (STRING) = 2;");

        ShapedReport report = merge(TargetShape.byFieldId(List.of(ID, NAME)), inputs(a, a));

        assertThat(report.bytes()).isEqualTo(Files.size(merged()));
        try (ParquetFile file = ParquetFile.open(merged())) {
            for (int i = 0; i < 2; i++) {
                var chunk = file.chunkMetaData(0, i);
                var facts = report.columns().get(i);
                assertThat(facts.fieldId()).isEqualTo(i + 1);
                assertThat(facts.compressedBytes()).isEqualTo(chunk.getTotal_compressed_size());
                assertThat(facts.values()).isEqualTo(chunk.getNum_values());
                assertThat(facts.nulls()).isEqualTo(chunk.getStatistics().getNull_count());
            }
        }
        assertThat(rows("SELECT count(*) - count(name) FROM '%s'".formatted(merged())))
                .containsExactly(List.of(String.valueOf(report.columns().get(1).nulls())));
    }

    @Test
    void inputsWithoutRowsAddNoneAndTheirColumnsAreCheckedAllTheSame() throws IOException {
        Path none = duck("none.parquet", "SELECT i AS id FROM range(0) t(i)");
        Path some = duck("some.parquet", "SELECT i AS id FROM range(10) t(i)");
        TargetShape shape = TargetShape.byName(List.of(ID, NAME, TargetField.leaf("r", PhysicalType.INT64)));
        MadeColumn ascending = MadeColumn.ascending(5);

        ShapedReport report = merge(
                shape,
                input(none).withMade("r", ascending),
                input(some).withMade("r", ascending),
                input(none).withMade("r", ascending));

        assertThat(report.inputRows()).containsExactly(0L, 10L, 0L);
        assertThat(rows("SELECT sum(r - id), count(name) FROM '%s'".formatted(merged())))
                .containsExactly(List.of("50", "0"));
        Files.delete(merged());
        ShapedReport empty = merge(shape, inputs(none));
        assertThat(empty.rows()).isZero();
        assertThat(empty.rowGroupStarts()).isEmpty();
        assertThat(rows("SELECT count(*) FROM '%s'".formatted(merged()))).containsExactly(List.of("0"));
    }

    @Test
    void allColumnsMayBeMade() throws IOException {
        Path a = duck("a.parquet", "SELECT [i, i] AS l FROM range(10) t(i)");

        merge(TargetShape.byName(List.of(ID)), input(a).withMade("id", MadeColumn.ascending(1)));

        assertThat(rows("SELECT count(*), sum(id) FROM '%s'".formatted(merged())))
                .containsExactly(List.of("10", "55"));
    }

    @Test
    void thePreviewPlansWhatIsWritten() throws IOException {
        Path a = file("a.parquet", "required int64 id = 1; optional int32 more = 9;");
        TargetShape shape = TargetShape.byFieldId(List.of(ID, NAME));
        ShapedMerge merge = new ShapedMerge(List.of(inputs(a, a)), shape, LocalStore.object(merged()));
        ShapedMerger merger = new ShapedMerger(CompactionOptions.defaults());

        PlanPreview preview = merger.preview(merge);

        assertThat(merged()).doesNotExist();
        assertThat(preview.dropped()).anySatisfy(text -> assertThat(text).contains("field more:"));
        assertThat(merger.write(merge).compaction().plan()).isEqualTo(preview.plan());
    }

    // ------------------------------------------------------------ refused

    private void assertRefused(TargetShape shape, ShapedInput input, String... parts) {
        assertThatThrownBy(() -> merge(shape, input))
                .isInstanceOf(Unsupported.class)
                .satisfies(failure -> {
                    for (String part : parts) {
                        assertThat(failure).hasMessageContaining(part);
                    }
                });
        assertThatThrownBy(() -> new ShapedMerger(CompactionOptions.defaults())
                        .preview(new ShapedMerge(List.of(input), shape, LocalStore.object(merged()))))
                .isInstanceOf(Unsupported.class);
        assertThat(merged()).doesNotExist();
    }

    @Test
    void whatCannotBeDoneIsRefusedWithFileAndColumn() throws IOException {
        Path a = file("a.parquet", "optional int64 id = 1; optional binary name (STRING) = 2;");
        TargetField number = TargetField.leaf("name", PhysicalType.INT32).withId(2);

        assertRefused(TargetShape.byFieldId(List.of(ID.required())), input(a), "a.parquet", "id", "may hold nulls");
        assertRefused(TargetShape.byFieldId(List.of(ID, number)), input(a), "a.parquet", "name", "BYTE_ARRAY", "INT32");
        assertRefused(
                TargetShape.byFieldId(List.of(ID, NAME.withId(5).required())), input(a), "a.parquet", "name", "lacks");
        assertRefused(
                TargetShape.byFieldId(
                        List.of(ID, TargetField.group("name", number).withId(2))),
                input(a),
                "a.parquet",
                "name",
                "group");
    }

    @Test
    void nullsOfOtherColumnsThanNumbersOfTheRootAreNotFilled() throws IOException {
        Path a =
                file("a.parquet", "optional binary name (STRING) = 2; optional group g = 3 { optional int64 id = 1; }");

        assertRefused(
                TargetShape.byFieldId(List.of(NAME)),
                input(a).withMade("name", MadeColumn.constant(new byte[1]).forNullsToo()),
                "a.parquet",
                "name",
                "INT64");
        assertRefused(
                TargetShape.byFieldId(List.of(TargetField.group("g", ID).withId(3))),
                input(a).withMade(List.of("g", "id"), MadeColumn.constant(1L).forNullsToo()),
                "a.parquet",
                "g.id",
                "root");
    }

    @Test
    void anInputThatIsNotWhatTheTableSaysIsRefused() throws IOException {
        Path a = file("a.parquet", "required int64 id = 1;");
        TargetShape shape = TargetShape.byFieldId(List.of(ID));

        assertThatThrownBy(() -> merge(shape, input(a).withRows(299)))
                .isInstanceOf(CorruptFile.class)
                .hasMessageContaining("300 rows")
                .hasMessageContaining("299");
        assertThatThrownBy(() -> merge(shape, input(a).withSize(Files.size(a) + 1)))
                .isInstanceOf(CorruptFile.class)
                .hasMessageContaining("bytes");
        assertThat(merged()).doesNotExist();
        merge(shape, input(a).withRows(300).withSize(Files.size(a)));
    }

    @Test
    void aTargetThatIsThereIsNotReplaced() throws IOException {
        Path a = file("a.parquet", "required int64 id = 1;");
        Files.writeString(merged(), "kept");

        assertThatThrownBy(() -> merge(TargetShape.byFieldId(List.of(ID)), inputs(a)))
                .isInstanceOf(StorageFailed.class);

        assertThat(merged()).hasContent("kept");
    }

    @Test
    void valuesThatAreNoneOfTheirColumnAreRefused() throws IOException {
        Path a = file("a.parquet", "required int64 id = 1;");
        TargetShape shape = TargetShape.byFieldId(List.of(ID, NAME));

        for (ShapedInput input : List.of(
                input(a).withMade("name", MadeColumn.constant(1)),
                input(a).withMade("name", MadeColumn.ascending(1)),
                input(a).withMade("nam", MadeColumn.constant(new byte[1])))) {
            assertThatThrownBy(() -> merge(shape, input)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void numbersThatPassSixtyFourBitsAreRefused() throws IOException {
        Path a = file("a.parquet", "required int32 x = 1;");
        TargetShape shape = TargetShape.byFieldId(List.of(ID.withId(2)));

        assertThatThrownBy(() -> merge(shape, input(a).withMade("id", MadeColumn.ascending(Long.MAX_VALUE - 100))))
                .isInstanceOf(Unsupported.class);
    }
}
