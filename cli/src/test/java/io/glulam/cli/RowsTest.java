package io.glulam.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.cli.text.Terminal;
import io.glulam.testkit.generate.DuckDbSession;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RowsTest {
    @TempDir
    static Path folder;

    private static Path file;

    @BeforeAll
    static void writeFile() throws Exception {
        file = folder.resolve("rows.parquet");
        copy(
                "SELECT i, i * 1.5 AS price, CASE WHEN i % 7 = 0 THEN NULL ELSE 'name, \"' || i || '\"' END AS name,"
                        + " DATE '2026-01-01' + (i % 365)::INT AS day, [i, NULL] AS list, {'a': i, 'b': 'x'} AS struct,"
                        + " MAP {'k': i} AS map FROM range(20_000) t(i)",
                file);
    }

    @Test
    void headTailAndSampleChooseRows() {
        assertThat(numbers(Run.of("head", file, "--format", "json", "-n", "3"))).containsExactly(0L, 1L, 2L);
        assertThat(numbers(Run.of("tail", file, "--format", "json", "-n", "2"))).containsExactly(19_998L, 19_999L);
        List<Long> sample = numbers(Run.of("sample", file, "--format", "json", "--seed", "4"));
        assertThat(sample).hasSize(10).isSorted().doesNotHaveDuplicates();
        assertThat(numbers(Run.of("sample", file, "--format", "json", "--seed", "4")))
                .isEqualTo(sample);
        assertThat(numbers(Run.of("sample", file, "--format", "json", "-n", "30000")))
                .hasSize(20_000);
    }

    private static List<Long> numbers(Run run) {
        assertThat(run.code()).as(run.err()).isZero();
        return run.documents().stream()
                .map(row -> ((Number) ((Map<?, ?>) row).get("i")).longValue())
                .toList();
    }

    @Test
    void aTableFitsTheTerminal() {
        Run run = Run.on(new Terminal(true, true, 60, false), "head", file, "-n", "2");

        assertThat(run.out().lines().toList())
                .containsExactly(
                        "i  price  name       day         list      struct",
                        "0    0.0  null       2026-01-01  [0,null]  {\"a\":0,\"b\":\"x\"}",
                        "1    1.5  name, \"1\"  2026-01-02  [1,null]  {\"a\":1,\"b\":\"x\"}",
                        "",
                        "and 1 more column: --columns chooses, --format json or csv prints all.");
    }

    @Test
    void columnsAreChosenAndOrdered() {
        assertThat(Run.of("head", file, "-n", "1", "--columns", "day,i", "--format", "csv")
                        .out())
                .isEqualTo("day,i\n2026-01-01,0\n");
        assertThat(Run.of("head", file, "--columns", "i,day,i").err()).contains("--columns names i twice");
        Run run = Run.of("head", file, "--columns", "days");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("no column days; there are: i, price, name, day, list, struct, map");
    }

    @Test
    void everyRowComesBackFromJsonAndCsv() throws Exception {
        Path json = folder.resolve("rows.json");
        Path csv = folder.resolve("rows.csv");
        Files.writeString(json, Run.of("cat", file).out());
        Files.writeString(
                csv,
                Run.of("cat", file, "--format", "csv", "--columns", "i,price,name,day")
                        .out());

        try (DuckDbSession duckDb = DuckDbSession.open()) {
            String columns = "i, price::DOUBLE, name, day, list, struct, to_json(map)";
            assertThat(differences(
                            duckDb,
                            "SELECT " + columns + " FROM '" + file + "'",
                            "SELECT " + columns + " FROM read_json('" + json
                                    + "', columns = {i: 'BIGINT', price: 'DOUBLE', name: 'VARCHAR', day: 'DATE', list:"
                                    + " 'BIGINT[]', struct: 'STRUCT(a BIGINT, b VARCHAR)', map: 'JSON'})"))
                    .isZero();
            assertThat(differences(
                            duckDb,
                            "SELECT i, price::DOUBLE, name, day FROM '" + file + "'",
                            "SELECT i, price::DOUBLE, name, day FROM read_csv('" + csv + "', header = true)"))
                    .isZero();
        }
    }

    private static long differences(DuckDbSession duckDb, String left, String right) throws Exception {
        String both = "SELECT count(*) FROM ((%1$s EXCEPT ALL %2$s) UNION ALL (%2$s EXCEPT ALL %1$s))";
        return Long.parseLong(duckDb.text(both.formatted(left, right)).orElseThrow());
    }

    @Test
    void whatATerminalOrJsonCannotTakeIsWrittenOtherwise() throws Exception {
        Path odd = folder.resolve("odd.parquet");
        copy("SELECT chr(27) || '[2J' AS \"na\nme\", 'nan'::DOUBLE AS d, '' AS empty, '\\x01'::BLOB AS b", odd);

        assertThat(Run.of("head", odd).out()).isEqualTo("na\\u000ame    d  empty  b\n\\u001b[2J   NaN         0x01\n");
        assertThat(Run.of("cat", odd).out())
                .isEqualTo("{\"na\\nme\":\"\\u001B[2J\",\"d\":\"NaN\",\"empty\":\"\",\"b\":\"0x01\"}\n");
        assertThat(Run.of("cat", odd, "--format", "csv").out())
                .isEqualTo("\"na\nme\",d,empty,b\n\u001b[2J,NaN,\"\",0x01\n");
        assertThat(Run.on(new Terminal(true, true, 80, false), "cat", odd, "--format", "csv")
                        .out())
                .isEqualTo("na\\u000ame,d,empty,b\n\\u001b[2J,NaN,\"\",0x01\n");
    }

    @Test
    void jsonEscapesForATerminalWhatCouldDriveIt() throws Exception {
        Path odd = folder.resolve("controls.parquet");
        copy("SELECT chr(155) || '2J' || chr(127) || chr(8238) || 'ä' AS text", odd);
        Terminal terminal = new Terminal(true, true, 80, false);

        assertThat(Run.of("cat", odd).out()).isEqualTo("{\"text\":\"\u009b2J\u007f\u202eä\"}\n");
        assertThat(Run.on(terminal, "cat", odd).out()).isEqualTo("{\"text\":\"\\u009b2J\\u007F\\u202eä\"}\n");
        assertThat(Run.on(terminal, "cat", odd).document())
                .isEqualTo(Run.of("cat", odd).document());
    }

    @Test
    void aTableOfAllRowsIsRefused() {
        Run run = Run.of("cat", file, "--format", "table");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("a table has at most 10000 rows: use --format json or csv");
        assertThat(Run.of("head", file, "-n", "-1").code()).isEqualTo(2);
        assertThat(Run.of("head", folder.resolve("none.parquet")).code()).isEqualTo(6);
    }

    private static void copy(String query, Path file) throws Exception {
        try (DuckDbSession duckDb = DuckDbSession.open()) {
            duckDb.execute("COPY (%s) TO '%s' (FORMAT parquet, ROW_GROUP_SIZE 4096)".formatted(query, file));
        }
    }
}
