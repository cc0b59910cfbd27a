package io.glulam;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.format.PhysicalType;
import io.glulam.local.LocalStore;
import io.glulam.shape.MadeColumn;
import io.glulam.shape.TargetField;
import io.glulam.shape.TargetShape;
import io.glulam.testkit.read.ParquetFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The metadata of the output, and what report and preview tell of it. */
class ShapedReportTest extends ShapedMergeCase {
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
}
