package io.glulam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glulam.error.Unsupported;
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
import io.glulam.testkit.generate.DuckDbFiles;
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
import org.junit.jupiter.api.io.TempDir;

/** Files of a table to be, and their merge into one of the form that the table gives. */
abstract class ShapedMergeCase {
    static final TargetField ID = TargetField.leaf("id", PhysicalType.INT64).withId(1);
    static final TargetField NAME = TargetField.leaf("name", PhysicalType.BYTE_ARRAY)
            .as(LogicalType.string())
            .withId(2);

    @TempDir
    Path folder;

    Path file(String name, String fields) throws IOException {
        FileRecipe recipe = FileRecipe.of(
                        name.hashCode(), MessageTypeParser.parseMessageType("message m { " + fields + " }"))
                .withRows(100, 200);
        return ParquetJavaFiles.write(recipe, folder.resolve(name)).file();
    }

    Path merged() {
        return folder.resolve("merged.parquet");
    }

    static ShapedInput input(Path file) {
        return ShapedInput.of(LocalStore.object(file));
    }

    static ShapedInput[] inputs(Path... files) {
        return Arrays.stream(files).map(ShapedMergeCase::input).toArray(ShapedInput[]::new);
    }

    ShapedReport merge(Settings settings, TargetShape shape, ShapedInput... inputs) {
        ShapedMerge merge = new ShapedMerge(List.of(inputs), shape, LocalStore.object(merged()));
        return new ShapedMerger(CompactionOptions.defaults().withSettings(settings.withVerify(Verify.VALUES)))
                .write(merge);
    }

    ShapedReport merge(TargetShape shape, ShapedInput... inputs) {
        return merge(Settings.defaults(), shape, inputs);
    }

    List<String> names() {
        try (ParquetFile file = ParquetFile.open(merged())) {
            return file.metaData().getSchema().stream()
                    .skip(1)
                    .map(SchemaElement::getName)
                    .toList();
        }
    }

    static List<List<String>> rows(String sql) {
        try (DuckDbSession duck = DuckDbSession.open()) {
            return duck.rows(sql);
        } catch (SQLException e) {
            throw new AssertionError(sql, e);
        }
    }

    static List<Tier> tiers(ShapedReport report) {
        return report.compaction().plan().groups().stream()
                .flatMap(group -> ((OutputGroup.MergedGroup) group).columns().stream())
                .map(ColumnPlan::tier)
                .toList();
    }

    Path duck(String name, String query) throws IOException {
        return DuckDbFiles.write(query, 2048, "COMPRESSION zstd", folder.resolve(name));
    }

    void assertRefused(TargetShape shape, ShapedInput input, String... parts) {
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
}
