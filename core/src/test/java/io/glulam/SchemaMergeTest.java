package io.glulam;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.plan.ColumnPlan;
import io.glulam.plan.Effort;
import io.glulam.plan.OutputGroup;
import io.glulam.plan.Settings;
import io.glulam.plan.Threshold;
import io.glulam.plan.Tier;
import io.glulam.testkit.generate.DuckDbFiles;
import io.glulam.testkit.read.ParquetFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.SchemaElement;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Which differences of schemas a merge takes, and what the output has then. */
@Tag("once")
class SchemaMergeTest extends SchemaMergeCase {
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

    private List<String> names() {
        try (ParquetFile file = ParquetFile.open(merged())) {
            return file.metaData().getSchema().stream()
                    .skip(1)
                    .map(SchemaElement::getName)
                    .toList();
        }
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
}
