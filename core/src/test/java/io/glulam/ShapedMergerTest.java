package io.glulam;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.format.LogicalType;
import io.glulam.format.PhysicalType;
import io.glulam.local.LocalStore;
import io.glulam.plan.ColumnPlan;
import io.glulam.plan.OutputGroup;
import io.glulam.plan.Settings;
import io.glulam.plan.Tier;
import io.glulam.plan.Verify;
import io.glulam.shape.ShapedInput;
import io.glulam.shape.TargetField;
import io.glulam.shape.TargetShape;
import io.glulam.testkit.generate.DuckDbSession;
import io.glulam.testkit.generate.FileRecipe;
import io.glulam.testkit.generate.ParquetJavaFiles;
import io.glulam.testkit.read.ParquetFile;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
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
}
