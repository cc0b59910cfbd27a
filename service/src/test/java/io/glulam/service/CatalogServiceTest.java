package io.glulam.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.glulam.service.TestServer.Answer;
import java.nio.file.Path;
import java.util.Map;
import org.apache.iceberg.Table;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables of the service in other catalogs and ledgers, on branches, and in several commits. */
@Tag("once")
class CatalogServiceTest {
    private static final String PAIRS = "\"tableOptions\":{\"min-input-files\":2,\"max-file-group-input-files\":2";

    @TempDir
    Path folder;

    private Path lake;
    private Path tables;
    private ServedCatalog catalog;
    private TestServer server;

    @BeforeEach
    void make() {
        lake = folder.resolve("lake");
        tables = ServedTable.iceberg(lake, 6, "");
        catalog = new ServedCatalog(lake);
    }

    @AfterEach
    void stop() {
        if (server != null) {
            server.close();
        }
        catalog.close();
    }

    private JsonNode compacted(String fields) {
        Answer answer = server.post("/compact", "{\"table\":\"" + ServedTable.ICEBERG + "\"," + fields + "}");
        assertThat(answer.status()).as(answer.json().toString()).isEqualTo(202);
        return server.ended(answer.json().path("id").asText());
    }

    private static JsonNode complete(JsonNode instance) {
        assertThat(instance.path("status").asText()).as(instance.toString()).isEqualTo("complete");
        return instance.path("output");
    }

    @Test
    void aBranchIsCompactedAndTheMainOneStays() {
        Table table = catalog.table();
        long main = table.currentSnapshot().snapshotId();
        table.manageSnapshots().createBranch("audit").commit();
        server = TestServer.start(folder, Map.of("tables", tables.toString()));

        JsonNode output = complete(compacted("\"branch\":\"audit\""));

        table.refresh();
        assertThat(table.currentSnapshot().snapshotId()).isEqualTo(main);
        assertThat(table.refs().get("audit").snapshotId())
                .isEqualTo(output.path("snapshot").longValue())
                .isNotEqualTo(main);
        assertThat(ServedTable.compare(lake, main, output.path("snapshot").longValue())
                        .differences())
                .isEmpty();
        JsonNode unknown = compacted("\"branch\":\"nowhere\"");
        assertThat(unknown.path("error").path("name").asText())
                .as(unknown.toString())
                .isEqualTo("InvalidTableRequest");
    }

    @Test
    void withPartialProgressThereAreSeveralCommits() {
        long before = catalog.table().currentSnapshot().snapshotId();
        server = TestServer.start(folder, Map.of("tables", tables.toString()));

        JsonNode output = complete(compacted("\"instanceId\":\"mine\"," + PAIRS
                + ",\"partial-progress.enabled\":true,\"partial-progress.max-commits\":2}"));

        assertThat(output.path("after").path("files").intValue()).isEqualTo(3);
        assertThat(output.path("snapshots")).hasSize(2);
        assertThat(output.path("failedCommits").intValue()).isZero();
        assertThat(catalog.runs()).hasSize(2).allMatch(run -> run.startsWith("mine-"));
        assertThat(ServedTable.compare(lake, before, output.path("snapshot").longValue())
                        .differences())
                .isEmpty();
    }

    @Test
    void aRestCatalogAndALedgerInPostgres() {
        long before = catalog.table().currentSnapshot().snapshotId();
        catalog.serveOverRest(lake);
        server = TestServer.start(folder, Map.of("tables", tables.toString(), "ledger", PostgresServer.newDatabase()));

        JsonNode instance = compacted("\"instanceId\":\"mine\"");

        JsonNode output = complete(instance);
        assertThat(catalog.clients()).as("steps share one plan").isEqualTo(1);
        assertThat(catalog.commits()).isEqualTo(1);
        assertThat(catalog.runs()).hasSize(1).allMatch(run -> run.startsWith("mine-"));
        assertThat(catalog.table().currentSnapshot().snapshotId())
                .isEqualTo(output.path("snapshot").longValue());
        assertThat(instance.toString()).doesNotContain(ServedTable.SECRET);
        assertThat(ServedTable.compare(lake, before, output.path("snapshot").longValue())
                        .differences())
                .isEmpty();
    }
}
