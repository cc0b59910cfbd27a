package io.glulam.service.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.service.json.Json;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("once")
class StepAttemptsTest {
    private static final Instant NOW = Instant.parse("2026-12-01T01:02:03.004Z");

    private static final String STORED = """
        [{"start":"2026-12-01T01:00:00Z","end":"2026-12-01T01:00:01Z","success":false,\
        "error":{"name":"StorageFailed","message":"slow","remedy":null}},\
        {"start":"2026-12-01T01:00:02Z","end":"2026-12-01T01:00:03Z","success":false,\
        "error":{"name":"ServerStopped","message":"the server stopped"}},\
        {"start":"2026-12-01T01:00:04Z","end":null,"success":false,"error":null}]\
        """;

    private static StepAttempts stored() {
        return StepAttempts.read(Json.parse(STORED));
    }

    @Test
    void attemptsOfTodayAreReadAndWrittenAgainFieldByField() {
        assertThat(Json.text(stored().toJson())).isEqualTo(STORED);
        String later = STORED.replace("\"success\"", "\"fieldOfALaterRelease\":1,\"success\"");
        assertThat(Json.text(StepAttempts.read(Json.parse(later)).toJson())).isEqualTo(STORED);
        assertThat(StepAttempts.read(Json.parse("[]")).all()).isEmpty();
    }

    @Test
    void whatMayBeMissingIsMissing() {
        StepAttempts.Attempt bare = StepAttempts.read(Json.parse("[{\"start\":\"2026-12-01T01:00:00Z\"}]"))
                .all()
                .get(0);

        assertThat(bare).isEqualTo(new StepAttempts.Attempt("2026-12-01T01:00:00Z", null, false, null));
    }

    @Test
    void anAttemptThatADeadServerLeftOpenCountsAsItsDeath() {
        StepAttempts closed = stored().closed(NOW);

        assertThat(closed.failures()).isEqualTo(1);
        assertThat(closed.deaths()).isEqualTo(2);
        assertThat(Json.text(closed.toJson()))
                .isEqualTo(STORED.replace(
                        "\"end\":null,\"success\":false,\"error\":null",
                        "\"end\":\"2026-12-01T01:02:03.004Z\",\"success\":false,"
                                + "\"error\":{\"name\":\"ServerStopped\",\"message\":\"the server stopped\"}"));
    }

    @Test
    void theLastAttemptEndsWellOrWithAnError() {
        StepAttempts begun = new StepAttempts(List.of()).begun(NOW);

        assertThat(Json.text(begun.toJson()))
                .isEqualTo("[{\"start\":\"2026-12-01T01:02:03.004Z\",\"end\":null,\"success\":false,\"error\":null}]");
        assertThat(Json.text(begun.ended(NOW, null).toJson()))
                .isEqualTo("[{\"start\":\"2026-12-01T01:02:03.004Z\",\"end\":\"2026-12-01T01:02:03.004Z\","
                        + "\"success\":true,\"error\":null}]");
        assertThat(begun.ended(NOW, Json.object().put("name", "Broken")).failures())
                .isEqualTo(1);
        assertThat(begun.all().get(0).end()).as("records do not change").isNull();
    }

    @Test
    void ofVeryManyAttemptsTheNewestAreKept() {
        StepAttempts attempts = new StepAttempts(List.of());
        for (int i = 0; i < 301; i++) {
            attempts = attempts.begun(NOW.plusMillis(i));
        }

        assertThat(attempts.all()).hasSize(300);
        assertThat(attempts.all().get(0).start()).isEqualTo("2026-12-01T01:02:03.005Z");
        assertThat(attempts.all().get(299).start()).isEqualTo("2026-12-01T01:02:03.304Z");
    }
}
