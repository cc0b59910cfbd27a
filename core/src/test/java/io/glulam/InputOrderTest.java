package io.glulam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glulam.error.Unsupported;
import io.glulam.inputs.Candidate;
import io.glulam.inputs.FoundInputs;
import io.glulam.local.LocalStore;
import io.glulam.testkit.bytes.ChunkScript;
import io.glulam.testkit.bytes.FileScript;
import io.glulam.testkit.bytes.RowGroupScript;
import io.glulam.testkit.bytes.SchemaScript;
import io.glulam.testkit.generate.DuckDbFiles;
import io.glulam.testkit.generate.DuckDbSession;
import io.glulam.testkit.read.ParquetFile;
import io.glulam.testkit.read.Triplets;
import io.glulam.testkit.read.Values;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.SortingColumn;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Inputs in the order of a column's minimum. */
class InputOrderTest {
    @TempDir
    Path folder;

    private Path duck(String name, String query) throws IOException {
        return DuckDbFiles.write(query, 2048, "COMPRESSION snappy", folder.resolve(name));
    }

    /** Rows of texts that rise, and say so. */
    private Path sorted(String name, int from, int to, ChunkScript.Stats stats) throws IOException {
        FileScript file = new FileScript(
                new SchemaScript().text("text", FieldRepetitionType.OPTIONAL).build(), 1);
        byte[][] texts = IntStream.range(from, to)
                .mapToObj("b%02d"::formatted)
                .map(text -> text.getBytes(StandardCharsets.US_ASCII))
                .toArray(byte[][]::new);
        int[] defined = new int[texts.length];
        Arrays.fill(defined, 1);
        ChunkScript chunk = new ChunkScript(
                        file.leaves().get(0), new Triplets(new int[texts.length], defined, Values.of(texts)))
                .evenPages(10)
                .stats(stats);
        file.rowGroup(new RowGroupScript(texts.length, List.of(chunk))
                .tamper(group -> group.setSorting_columns(List.of(new SortingColumn(0, false, false)))));
        return Files.write(folder.resolve(name), file.bytes());
    }

    private MergeReport merge(String column, Path... files) {
        FoundInputs inputs = FoundInputs.of(Arrays.stream(files)
                .map(file -> new Candidate(LocalStore.object(file), ""))
                .toList());
        return new Merger(MergeOptions.defaults().withMinimumOf(column))
                .merge(inputs, (group, index) -> LocalStore.object(merged()));
    }

    private Path merged() {
        return folder.resolve("merged.parquet");
    }

    private List<SortingColumn> sortingColumns() {
        try (ParquetFile file = ParquetFile.open(merged())) {
            assertThat(file.rowGroups()).isEqualTo(1);
            List<SortingColumn> columns = file.metaData().getRow_groups().get(0).getSorting_columns();
            return columns == null ? List.of() : columns;
        }
    }

    @Test
    void rowsComeInTheOrderOfTheInputsMinima() throws IOException, SQLException {
        Path a = duck("a.parquet", "SELECT i AS x, 'a' AS f FROM range(2000, 3000) t(i)");
        Path b = duck("b.parquet", "SELECT i AS x, 'b' AS f FROM range(-5, 1000) t(i)");
        Path empty = duck("c.parquet", "SELECT i AS x, 'c' AS f FROM range(0) t(i)");
        Path d = duck("d.parquet", "SELECT i AS x, 'd' AS f FROM range(1000, 2000) t(i)");

        MergeReport report = merge("x", a, b, empty, d);

        assertThat(report.inputs().order()).isEqualTo(new MergeReport.InputOrder("x", 0));
        try (DuckDbSession duck = DuckDbSession.open()) {
            assertThat(duck.rows("SELECT count(*), sum(CASE WHEN x = n - 5 THEN 0 ELSE 1 END)"
                                    + " FROM (SELECT x, file_row_number AS n FROM read_parquet('" + merged()
                                    + "', file_row_number = true))")
                            .get(0))
                    .containsExactly("3005", "0");
        }
    }

    @Test
    void sortingColumnsStayWhereRangesDoNotOverlap() throws IOException {
        Path late = sorted("a.parquet", 50, 90, ChunkScript.Stats.EXACT_BOUNDS);
        Path early = sorted("b.parquet", 10, 50, ChunkScript.Stats.EXACT_BOUNDS);

        MergeReport report = merge("text", late, early);

        assertThat(report.inputs().order()).isEqualTo(new MergeReport.InputOrder("text", 0));
        assertThat(sortingColumns()).containsExactly(new SortingColumn(0, false, false));
    }

    @Test
    void sortingColumnsThatWouldNotBeTrueAreDropped() throws IOException {
        Path late = sorted("a.parquet", 30, 70, ChunkScript.Stats.EXACT_BOUNDS);
        Path early = sorted("b.parquet", 10, 50, ChunkScript.Stats.EXACT_BOUNDS);

        MergeReport report = merge("text", late, early);

        assertThat(report.inputs().order()).isEqualTo(new MergeReport.InputOrder("text", 1));
        assertThat(sortingColumns()).isEmpty();
    }

    @Test
    void anInputWithoutATrustworthyMinimumIsRefusedByItsName() throws IOException {
        Path known = sorted("a.parquet", 30, 70, ChunkScript.Stats.EXACT_BOUNDS);
        Path unknown = sorted("b.parquet", 10, 50, ChunkScript.Stats.NONE);
        Path nulls = duck("c.parquet", "SELECT NULL::VARCHAR AS text FROM range(10)");

        assertRefused("text", "b.parquet", known, unknown);
        assertRefused("text", "c.parquet", known, nulls);
        assertRefused("other", "a.parquet", known, nulls);
    }

    private void assertRefused(String column, String file, Path... files) {
        assertThatThrownBy(() -> merge(column, files))
                .isInstanceOf(Unsupported.class)
                .hasMessageContaining(file)
                .hasMessageContaining(column);
        assertThat(merged()).doesNotExist();
    }
}
