package io.glulam.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.glulam.CompactionOptions;
import io.glulam.FileVerifier;
import io.glulam.testkit.s3.Extents;
import io.glulam.testkit.s3.Fault;
import io.glulam.testkit.s3.HttpMessage;
import io.glulam.testkit.s3.Operation;
import io.glulam.testkit.s3.StoreRules;
import io.glulam.testkit.s3.StrictStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A server that dies in the middle of a request to a store, whether the store still carries that request out or not:
 * the next one goes on, nothing is published twice, and no upload is left.
 */
@Tag("once")
@Tag("kill")
class ServeStoreKillTest {
    private static final int ROW_GROUPS = 50;
    private static final String KEY = "lake/path/to/file.parquet";

    @TempDir
    Path folder;

    private StrictStore store;
    private Path original;
    private final AtomicInteger published = new AtomicInteger();

    @BeforeEach
    void makeObject() throws IOException {
        original = Demo.file(folder, "original.parquet", ROW_GROUPS);
        store = StrictStore.start(StoreRules.S3, folder);
        store.put(KEY, Extents.of(Files.readAllBytes(original)), Map.of());
        countPublishing(request -> null);
    }

    @AfterEach
    void stop() {
        store.close();
    }

    private ServerProcess server() throws IOException {
        return ServerProcess.start(
                folder,
                "--bucket",
                "s3://bucket/lake",
                "--endpoint",
                store.endpoint().toString());
    }

    private interface Faults {
        Fault of(HttpMessage request);
    }

    private void countPublishing(Faults faults) {
        store.failWith((number, request) -> {
            if (request.operation() == Operation.COMPLETE_UPLOAD
                    && request.key().equals(KEY)) {
                published.incrementAndGet();
            }
            return faults.of(request);
        });
    }

    /** Where the server dies. */
    private enum Moment {
        BEFORE_UPLOAD_IS_BEGUN(Fault.SILENCE_BEFORE, request -> isBeginning(request, KEY)),
        AFTER_UPLOAD_IS_BEGUN(Fault.SILENCE_AFTER, request -> isBeginning(request, KEY)),
        IN_THE_MIDDLE_OF_A_PART(
                Fault.SILENCE_BEFORE,
                request -> request.operation() == Operation.UPLOAD_PART
                        && request.query().get("partNumber").equals("2")),
        AFTER_BACKUP_IS_BEGUN(
                Fault.SILENCE_AFTER,
                request -> isBeginning(request, "") && !request.key().equals(KEY)),
        AFTER_BACKUP_IS_MADE(
                Fault.SILENCE_AFTER,
                request -> request.operation() == Operation.COMPLETE_UPLOAD
                        && !request.key().equals(KEY)),
        BEFORE_PUBLISHING(
                Fault.SILENCE_BEFORE,
                request -> request.operation() == Operation.COMPLETE_UPLOAD
                        && request.key().equals(KEY)),
        AFTER_PUBLISHING(
                Fault.SILENCE_AFTER,
                request -> request.operation() == Operation.COMPLETE_UPLOAD
                        && request.key().equals(KEY));

        private final Fault fault;

        @SuppressWarnings("ImmutableEnumChecker")
        private final Predicate<HttpMessage> request;

        Moment(Fault fault, Predicate<HttpMessage> request) {
            this.fault = fault;
            this.request = request;
        }

        private static boolean isBeginning(HttpMessage request, String key) {
            return request.operation() == Operation.CREATE_UPLOAD
                    && request.key().startsWith(key);
        }
    }

    @ParameterizedTest
    @EnumSource(Moment.class)
    void killedInTheMiddleOfARequest(Moment moment) throws Exception {
        CountDownLatch reached = new CountDownLatch(1);
        countPublishing(request -> {
            if (reached.getCount() > 0 && moment.request.test(request)) {
                reached.countDown();
                return moment.fault;
            }
            return null;
        });
        try (ServerProcess server = server()) {
            server.post("/datasets", "{\"id\":\"d\",\"bucketKey\":\"path/to/file.parquet\",\"compactionNeeded\":true}");
            server.post("/compact", "{\"datasetId\":\"d\",\"instanceId\":\"run\"}");
            assertThat(reached.await(180, TimeUnit.SECONDS))
                    .as("the moment comes")
                    .isTrue();
            // A store that carries a request out answers when nobody listens any more.
            Thread.sleep(200);
            server.kill();
        }
        boolean before = moment == Moment.BEFORE_PUBLISHING;
        try (ServerProcess server = server()) {
            JsonNode status = server.ended("run");
            assertThat(status.path("status").asText()).as(status.toString()).isEqualTo("complete");
            assertThat(status.path("output").path("recovered").asBoolean())
                    .isEqualTo(moment == Moment.AFTER_PUBLISHING);
            assertThat(status.path("output").path("flagKept").asBoolean()).isFalse();
            assertThat(status.toString()).doesNotContain("very-secret");
            server.stop();
        }
        assertThat(published).hasValue(before ? 2 : 1);
        assertThat(store.uploads()).isEmpty();
        assertThat(FileVerifier.firstDifference(original, download(), CompactionOptions.defaults()))
                .isEmpty();
        assertThat(store.keys()).as("the object and one backup").hasSize(2).contains(KEY);
        assertThat(Files.readString(folder.resolve("log"))).doesNotContain("very-secret");
    }

    private Path download() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        store.get(KEY).writeTo(bytes);
        return Files.write(folder.resolve("compacted.parquet"), bytes.toByteArray());
    }

    @Test
    void anUploadOfSomebodyElseStays() throws Exception {
        store.beginUpload(KEY);
        try (ServerProcess server = server()) {
            server.post("/datasets", "{\"id\":\"d\",\"bucketKey\":\"path/to/file.parquet\",\"compactionNeeded\":true}");
            server.post("/compact", "{\"datasetId\":\"d\",\"instanceId\":\"run\"}");
            assertThat(server.ended("run").path("status").asText()).isEqualTo("complete");
            server.stop();
        }
        assertThat(store.uploads()).hasSize(1);
    }
}
