package io.glulam.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.glulam.CompactionOptions;
import io.glulam.FileVerifier;
import io.glulam.testkit.s3.Extents;
import io.glulam.testkit.s3.Fault;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * SIGTERM in the middle of a compaction: the server ends within the time that {@code docs/service.md} names, and the next
 * one goes on with nothing lost and nothing done twice.
 */
class ServeStopTest {
    private static final String KEY = "lake/path/to/file.parquet";

    @TempDir
    Path folder;

    private StrictStore store;
    private Path original;

    @BeforeEach
    void makeObject() throws IOException {
        original = Demo.file(folder, "original.parquet", 50);
        store = StrictStore.start(StoreRules.S3, folder);
        store.put(KEY, Extents.of(Files.readAllBytes(original)), Map.of());
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

    /** A part that hangs for good is given up; one that is only slow is let end. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void stoppedInTheMiddleOfACompaction(boolean hangs) throws Exception {
        CountDownLatch reached = new CountDownLatch(1);
        AtomicInteger published = new AtomicInteger();
        store.doBefore(
                (number, request) -> request.operation() == Operation.UPLOAD_PART && !hangs && reached.getCount() > 0
                        ? () -> {
                            reached.countDown();
                            pause();
                        }
                        : null);
        store.failWith((number, request) -> {
            if (request.operation() == Operation.COMPLETE_UPLOAD
                    && request.key().equals(KEY)) {
                published.incrementAndGet();
            }
            if (hangs && request.operation() == Operation.UPLOAD_PART && reached.getCount() > 0) {
                reached.countDown();
                return Fault.SILENCE_BEFORE;
            }
            return null;
        });
        try (ServerProcess server = server()) {
            server.post("/datasets", "{\"id\":\"d\",\"bucketKey\":\"path/to/file.parquet\",\"compactionNeeded\":true}");
            server.post("/compact", "{\"datasetId\":\"d\",\"instanceId\":\"run\"}");
            server.post("/compact", "{\"datasetId\":\"nobody\",\"bucketKey\":\"none\",\"instanceId\":\"other\"}");
            assertThat(reached.await(180, TimeUnit.SECONDS))
                    .as("a part is sent")
                    .isTrue();
            server.stop();
        }
        assertThat(published).as("published before the server ended").hasValue(hangs ? 0 : 1);
        assertThat(store.uploads()).isEmpty();
        try (ServerProcess server = server()) {
            JsonNode status = server.ended("run");
            assertThat(status.path("status").asText()).as(status.toString()).isEqualTo("complete");
            assertThat(status.path("output").path("flagKept").asBoolean()).isFalse();
            JsonNode attempts = status.path("steps").get(2).path("attempts");
            assertThat(attempts).as(status.toString()).hasSize(hangs ? 2 : 1);
            assertThat(attempts.get(0).path("error").path("name").asText()).isEqualTo(hangs ? "ServerStopped" : "");
            assertThat(server.ended("other").path("error").path("name").asText())
                    .isEqualTo("DatasetNotFound");
            server.stop();
        }
        assertThat(published).hasValue(1);
        assertThat(store.uploads()).isEmpty();
        assertThat(store.keys()).as("the object and one backup").hasSize(2).contains(KEY);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        store.get(KEY).writeTo(bytes);
        Path compacted = Files.write(folder.resolve("compacted.parquet"), bytes.toByteArray());
        assertThat(FileVerifier.firstDifference(original, compacted, CompactionOptions.defaults()))
                .isEmpty();
    }

    /** Long enough for the signal to come meanwhile. */
    private static void pause() {
        try {
            Thread.sleep(1500);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
