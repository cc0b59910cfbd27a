package io.glulam.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.glulam.service.TestServer.Answer;
import io.glulam.testkit.s3.Fault;
import io.glulam.testkit.s3.Operation;
import io.glulam.testkit.s3.StoreRules;
import io.glulam.testkit.s3.StrictStore;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** On a store that is as strict as R2: parts of one size, no conditions on what is copied. */
class StrictR2ServiceTest extends StoredServiceContract {
    private StrictStore strict;

    @Override
    URI startStore() {
        strict = StrictStore.start(StoreRules.R2);
        return strict.endpoint();
    }

    @Override
    void stopStore() {
        strict.close();
    }

    @Override
    String scheme() {
        return "r2";
    }

    @Test
    void aStoreThatRefusesTheCredentialsIsNotTakenForOneWithoutTheObject() {
        strict.failWith((number, request) -> Fault.STATUS_403);

        Answer answer = server().post("/plan", "{\"bucketKey\":\"" + KEY + "\"}");

        assertThat(answer.status()).as(answer.json().toString()).isEqualTo(502);
        JsonNode error = answer.json().path("error");
        assertThat(error.path("name").asText()).isEqualTo("StorageFailed");
        assertThat(error.path("message").asText()).contains(KEY, "the store refuses to read it (AccessDenied)");
        assertThat(error.path("remedy").asText()).isEqualTo("check what the credentials are allowed to do");
        assertThat(answer.response().body()).doesNotContain("very-secret").doesNotContain("\"AK\"");
        strict.reset();
        assertThat(server().post("/plan", "{\"bucketKey\":\"none.parquet\"}").status())
                .isEqualTo(404);
    }

    @Test
    void aBucketThatIsNotThereIsTheServersMatter() {
        try (TestServer other = TestServer.start(
                folder.resolve("other"),
                Map.of(
                        "bucket",
                        "r2://nowhere/lake",
                        "endpoint",
                        strict.endpoint().toString()),
                CREDENTIALS)) {
            Answer answer = other.post("/plan", "{\"bucketKey\":\"" + KEY + "\"}");

            assertThat(answer.status()).as(answer.json().toString()).isEqualTo(502);
            assertThat(answer.json().path("error").path("message").asText()).contains("no such bucket");
            assertThat(answer.json().path("error").path("remedy").asText()).contains("check the bucket's name");
        }
    }

    @Test
    void aScanSaysWhatItMustNotRead() {
        strict.failWith((number, request) -> request.operation() == Operation.GET ? Fault.STATUS_403 : null);

        Answer answer = server().post("/scan", "{}");

        assertThat(answer.status()).as(answer.json().toString()).isEqualTo(200);
        JsonNode object = answer.json().path("objects").get(0);
        assertThat(object.path("verdict").asText()).isEqualTo("unreadable");
        assertThat(object.path("reason").asText()).contains("the store refuses to read it");
    }
}
