package io.glulam.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.glulam.service.FragmentedFile;
import io.glulam.service.TestServer;
import io.glulam.service.TestServer.Answer;
import io.glulam.service.json.Json;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Supabase's database webhooks. */
class HookTest {
    private static final String SECRET = "a-secret-of-some-length";
    private static final String TOKEN = "a-token-of-some-length";

    @TempDir
    Path folder;

    private TestServer start(Map<String, String> settings) {
        TestServer server = TestServer.start(folder, settings);
        FragmentedFile.write(server.bucket().resolve("a.parquet"));
        server.service().catalog().add("a", "a.parquet", true);
        return server;
    }

    private static ObjectNode row(boolean flagged) {
        return Json.object()
                .put("id", "a")
                .put("bucket_key", "a.parquet")
                .put("compaction_needed", flagged)
                .put("name", "whatever else the table has");
    }

    private static String change(String type, ObjectNode row, ObjectNode before) {
        ObjectNode body = Json.object();
        body.put("type", type).put("table", "datasets").put("schema", "public");
        body.set("record", row);
        body.set("old_record", before);
        return Json.text(body);
    }

    @Test
    void aFlagThatWasSetStartsAnInstance() {
        try (TestServer server = start(Map.of())) {
            Answer started = server.post("/hooks/supabase", change("UPDATE", row(true), row(false)));

            assertThat(started.status()).as(started.json().toString()).isEqualTo(202);
            assertThat(started.json().path("action").asText()).isEqualTo("started");
            String id = started.json().path("id").asText();
            assertThat(server.ended(id).path("output").path("published").asBoolean())
                    .isTrue();
            assertThat(server.service().catalog().find("a").orElseThrow().compactionNeeded())
                    .isFalse();
        }
    }

    @Test
    void aNewRowThatIsFlaggedStartsAnInstance() {
        try (TestServer server = start(Map.of())) {
            Answer started = server.post("/hooks/supabase", change("INSERT", row(true), null));

            assertThat(started.status()).isEqualTo(202);
            server.ended(started.json().path("id").asText());
        }
    }

    @Test
    void whatAsksForNothingIsAnsweredByWhy() {
        try (TestServer server = start(Map.of())) {
            Map<String, String> ignored = Map.of(
                    change("UPDATE", row(true), row(true)), "flagged before",
                    change("UPDATE", row(false), row(true)), "not flagged",
                    change("INSERT", row(false), null), "not flagged",
                    change("DELETE", null, row(true)), "deleted",
                    change("INSERT", row(true), null).replace("\"datasets\"", "\"others\""), "another table",
                    change("INSERT", row(true), null).replace("\"public\"", "\"private\""), "another table");
            ignored.forEach((body, reason) -> {
                Answer answer = server.post("/hooks/supabase", body);
                assertThat(answer.status()).as(body).isEqualTo(200);
                assertThat(answer.json().path("action").asText()).isEqualTo("ignored");
                assertThat(answer.json().path("reason").asText()).contains(reason);
            });
            assertThat(server.get("/instances").json().path("instances")).isEmpty();
        }
    }

    @Test
    void whatIsNoChangeIsToldWhichFieldIsWrong() {
        try (TestServer server = start(Map.of())) {
            Map<String, String> wrong = Map.of(
                    "{}",
                    "type",
                    "{\"type\":\"INSERT\"}",
                    "table",
                    change("TRUNCATE", row(true), null),
                    "type",
                    change("INSERT", null, null),
                    "record",
                    change("INSERT", row(true).put("id", "x".repeat(101)), null),
                    "record.id",
                    change("INSERT", row(true).put("id", 1.5), null),
                    "record.id");
            wrong.forEach((body, field) -> {
                Answer answer = server.post("/hooks/supabase", body);
                assertThat(answer.status()).as(body).isEqualTo(400);
                assertThat(answer.json().path("error").path("field").asText())
                        .as(body)
                        .isEqualTo(field);
            });
            assertThat(server.post("/hooks/supabase", " ".repeat(1_100_000)).status())
                    .isEqualTo(413);
        }
    }

    @Test
    void aSecretOrATokenIsNeededWhereThereIsOne() {
        try (TestServer server = start(Map.of("hook-secret", SECRET))) {
            String body = change("INSERT", row(false), null);
            assertThat(server.post("/hooks/supabase", body).status()).isEqualTo(401);
            assertThat(server.post("/hooks/supabase", body, "X-Glulam-Secret", "another-secret-of-length")
                            .status())
                    .isEqualTo(401);
            assertThat(server.post("/hooks/supabase", body, "X-Glulam-Secret", SECRET)
                            .status())
                    .isEqualTo(200);
            assertThat(server.post("/hooks/supabase", body, "X-Glulam-Secret", SECRET, "Content-Type", "text/plain")
                            .status())
                    .isEqualTo(415);
        }
        try (TestServer server = start(Map.of("hook-secret", SECRET, "token", TOKEN))) {
            String body = change("INSERT", row(false), null);
            assertThat(server.post("/hooks/supabase", body, "Authorization", "Bearer " + TOKEN)
                            .status())
                    .isEqualTo(200);
            assertThat(server.post("/hooks/supabase", body, "X-Glulam-Secret", SECRET)
                            .status())
                    .isEqualTo(200);
            assertThat(server.get("/datasets", "X-Glulam-Secret", SECRET).status())
                    .as("the secret opens nothing else")
                    .isEqualTo(401);
            assertThat(server.post("/hooks/supabase", body, "Authorization", "Bearer " + SECRET)
                            .status())
                    .isEqualTo(401);
        }
    }
}
