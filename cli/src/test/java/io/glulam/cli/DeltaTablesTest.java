package io.glulam.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.cli.demo.DemoFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands on a Delta table whose log is written by hand. */
@Tag("once")
class DeltaTablesTest {
    private static final String METADATA =
            "{\"metaData\":{\"id\":\"t\",\"format\":{\"provider\":\"parquet\",\"options\":{}},"
                    + "\"schemaString\":\"{\\\"type\\\":\\\"struct\\\",\\\"fields\\\":[%s]}\",\"partitionColumns\":[],"
                    + "\"configuration\":{},\"createdTime\":1}}\n";

    @TempDir
    private Path folder;

    private static String field(String name, String type) {
        return ("{\\\"name\\\":\\\"%s\\\",\\\"type\\\":%s,\\\"nullable\\\":true,\\\"metadata\\\":{}}")
                .formatted(name, type);
    }

    private static String simple(String name, String type) {
        return field(name, "\\\"" + type + "\\\"");
    }

    @BeforeEach
    void makeTable() throws IOException {
        String tags = "{\\\"type\\\":\\\"array\\\",\\\"elementType\\\":\\\"string\\\",\\\"containsNull\\\":false}";
        String fields = String.join(
                ",",
                simple("id", "long"),
                simple("timestamp", "timestamp"),
                simple("user", "integer"),
                simple("country", "string"),
                simple("path", "string"),
                simple("amount", "double"),
                simple("price", "decimal(12,2)"),
                simple("session", "string"),
                field("tags", tags));
        StringBuilder log = new StringBuilder("{\"protocol\":{\"minReaderVersion\":1,\"minWriterVersion\":2}}\n");
        log.append(METADATA.formatted(fields));
        for (int i = 0; i < 4; i++) {
            Path file = folder.resolve("part-" + i + ".parquet");
            DemoFile.write(file, 1, (written, of) -> {});
            log.append(
                    ("{\"add\":{\"path\":\"part-%d.parquet\",\"partitionValues\":{},\"size\":%d,\"modificationTime\":%d,"
                                    + "\"dataChange\":true}}\n")
                            .formatted(i, Files.size(file), i));
        }
        Files.createDirectory(folder.resolve("_delta_log"));
        Files.writeString(folder.resolve("_delta_log/00000000000000000000.json"), log);
    }

    private Run run(String verb, Object... more) {
        Object[] arguments = new Object[2 + more.length];
        arguments[0] = verb;
        arguments[1] = "delta:" + folder;
        System.arraycopy(more, 0, arguments, 2, more.length);
        return Run.of(arguments);
    }

    @Test
    void aTableIsInspectedPlannedAndCompacted() {
        Run inspected = run("inspect");
        assertThat(inspected.err()).isEmpty();
        assertThat(inspected.out())
                .contains("delta:" + folder)
                .contains("4 files")
                .contains("4 files into 1");
        assertThat(run("plan").out()).contains("Nothing was written.");
        assertThat(run("compact", "--dry-run").out()).contains("Nothing was written.");
        assertThat(folder.resolve("_delta_log/00000000000000000001.json")).doesNotExist();

        Map<String, Object> report = run("compact", "--json").document();
        assertThat(report)
                .containsEntry("outcome", "COMPACTED")
                .containsEntry("rewritten_data_files_count", 4L)
                .containsEntry("added_data_files_count", 1L);
        assertThat(folder.resolve("_delta_log/00000000000000000001.json")).exists();
        assertThat(folder.resolve("part-0.parquet")).exists();

        Run again = run("compact", "--exit-code");
        assertThat(again.code()).isEqualTo(10);
    }

    @Test
    void aReportEndsWithTheStatementThatFreesTheOldFiles() {
        assertThat(run("compact").out()).contains("VACUUM delta.`" + folder + "`");
    }

    @Test
    void whatDeltaDoesNotHaveIsRefused() {
        assertThat(run("compact", "--branch", "b").err()).contains("Delta tables have no branches");
        assertThat(run("compact", "--option", "rewrite-all=true").err()).contains("no option rewrite-all");
        assertThat(Run.of("inspect", "delta:" + folder.resolve("none")).err()).contains("no Delta table is there");
        assertThat(Run.of("inspect", "iceberg:c.db.t", "--endpoint", "http://localhost:1")
                        .err())
                .contains("configured with its catalog");
    }
}
