package io.glulam.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.glulam.service.catalog.Dataset;
import io.glulam.service.catalog.SupabaseStandIn;
import io.glulam.service.json.Json;
import io.glulam.service.settings.InvalidSetting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server whose datasets are behind Supabase's Data API. */
class DataApiServiceTest {
    private static final String KEY = "path/to/file.parquet";

    @TempDir
    Path folder;

    @Test
    void aFlaggedDatasetIsCompactedAndItsFlagCleared() throws IOException {
        try (SupabaseStandIn supabase = SupabaseStandIn.start(SupabaseStandIn.SKETCH)) {
            PostgresServer.run(
                    supabase.database(),
                    "INSERT INTO datasets (id, bucket_key, compaction_needed) VALUES ('uuid', '" + KEY + "', true)");
            Map<String, String> settings = Map.of("catalog", supabase.url(), "catalog-key", SupabaseStandIn.SECRET);
            try (TestServer server = TestServer.start(folder, settings)) {
                Path object = FragmentedFile.write(server.bucket().resolve(KEY));

                JsonNode status = server.ended(server.compact("uuid", KEY, Json.object()));

                assertThat(status.path("status").asText()).as(status.toString()).isEqualTo("complete");
                Dataset dataset = server.service().catalog().find("uuid").orElseThrow();
                assertThat(dataset.compactionNeeded()).isFalse();
                assertThat(dataset.fileSizeBytes()).isEqualTo(Files.size(object));
                assertThat(dataset.lastCompactedAt()).isNotNull();
                assertThat(server.ended(server.compact("nobody", KEY, Json.object()))
                                .path("error")
                                .path("name")
                                .asText())
                        .isEqualTo("DatasetNotFound");
            }
        }
    }

    @Test
    void aDataApiNeedsAKey() {
        Map<String, String> settings = Map.of("catalog", "https://project.supabase.co");

        assertThatThrownBy(() -> TestServer.start(folder, settings))
                .isInstanceOf(InvalidSetting.class)
                .hasMessageContaining("--catalog-key");
        assertThatThrownBy(() -> TestServer.start(
                        folder,
                        Map.of("catalog", "https://project.supabase.co", "catalog-key", SupabaseStandIn.PUBLISHABLE)))
                .isInstanceOf(InvalidSetting.class)
                .hasMessageContaining("browsers")
                .hasMessageNotContaining(SupabaseStandIn.PUBLISHABLE);
    }
}
