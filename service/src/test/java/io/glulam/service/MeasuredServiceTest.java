package io.glulam.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.glulam.service.json.Json;
import io.glulam.service.settings.InvalidSetting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads that are really measured, with DuckDB's driver as its owner has it. */
class MeasuredServiceTest {
    private static final List<String> READS = List.of("fullScanSeconds", "oneColumnSeconds", "pointLookupSeconds");

    @TempDir
    Path folder;

    static String driver() throws ReflectiveOperationException {
        return Path.of(Class.forName("org.duckdb.DuckDBDriver")
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .getPath())
                .toString();
    }

    @Test
    void everyReadIsMeasuredBeforeAndAfter() throws Exception {
        try (TestServer server = TestServer.start(folder, Map.of("measure", driver()))) {
            FragmentedFile.write(server.bucket().resolve("it's.parquet"));
            server.service().catalog().add("a", "it's.parquet", true);

            JsonNode output =
                    server.ended(server.compact("a", null, Json.object())).path("output");

            for (String moment : List.of("before", "after")) {
                JsonNode measured = output.path("measured").path(moment);
                assertThat(measured.path("reader").asText())
                        .as(output.toString())
                        .startsWith("DuckDB v");
                for (String read : READS) {
                    assertThat(measured.path(read).asDouble()).as(read).isPositive();
                }
            }

            JsonNode again = server.ended(
                            server.compact("a", null, Json.object().put("force", true)))
                    .path("output");
            assertThat(again.path("nothingToDo").asBoolean()).isTrue();
            assertThat(again.has("measured")).isFalse();
        }
    }

    @Test
    void whatCannotBeMeasuredIsCompactedAllTheSame() throws IOException {
        Path noDriver = Files.writeString(folder.resolve("none.jar"), "no jar");
        try (TestServer server = TestServer.start(folder, Map.of("measure", noDriver.toString()))) {
            FragmentedFile.write(server.bucket().resolve("a.parquet"));
            server.service().catalog().add("a", "a.parquet", true);

            JsonNode output =
                    server.ended(server.compact("a", null, Json.object())).path("output");

            assertThat(output.path("published").asBoolean())
                    .as(output.toString())
                    .isTrue();
            assertThat(output.has("measured")).isFalse();
        }
    }

    @Test
    void aDriverThatIsNotThereIsSaidAtTheStart() {
        assertThatThrownBy(() -> TestServer.start(folder, Map.of("measure", "none.jar")))
                .isInstanceOf(InvalidSetting.class)
                .hasMessageContaining("--measure");
    }
}
