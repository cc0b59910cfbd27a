package io.glulam.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.local.DiskSpool;
import io.glulam.storage.PublishCondition;
import io.glulam.storage.WriteRequest;
import io.glulam.testkit.s3.Operation;
import io.glulam.testkit.s3.StoreRules;
import io.glulam.testkit.s3.StrictStore;
import java.nio.ByteBuffer;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When the upload of a large object begins. */
class MultipartUploadTest {
    private static final int PART = 64 << 10;
    private static final int FIRST_PART = 8 << 20;
    private static final StoreRules RULES = StoreRules.S3.withSmallestPart(PART);

    private StrictStore server;

    @BeforeEach
    void start() {
        server = StrictStore.start(RULES);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private S3Writer create() {
        return Stores.over(server, RULES)
                .create(
                        "a",
                        WriteRequest.of(new PublishCondition.Absent(), 2L * FIRST_PART, DiskSpool.IN_SYSTEM_FOLDER));
    }

    @Test
    void uploadBeginsWhileItsFirstPartIsMade() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        server.doBefore((number, request) -> request.operation() == Operation.CREATE_UPLOAD ? begun::countDown : null);
        try (S3Writer writer = create()) {
            writer.append(ByteBuffer.allocate(PART));
            writer.append(ByteBuffer.allocate(1));

            assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
            assertThat(server.count(Operation.UPLOAD_PART)).isZero();

            writer.append(ByteBuffer.allocate(FIRST_PART));
            writer.publish();
        }
        assertThat(server.count(Operation.CREATE_UPLOAD)).isEqualTo(1);
        assertThat(server.count(Operation.COMPLETE_UPLOAD)).isEqualTo(1);
        assertThat(server.count(Operation.PUT)).isZero();
        assertThat(server.get("a").length()).isEqualTo(PART + 1 + FIRST_PART);
    }

    @Test
    void objectOfTheSmallestPartIsPutWhole() {
        try (S3Writer writer = create()) {
            writer.append(ByteBuffer.allocate(PART));
            writer.publish();
        }
        assertThat(server.count(Operation.CREATE_UPLOAD)).isZero();
        assertThat(server.count(Operation.PUT)).isEqualTo(1);
    }

    @Test
    void uploadWithoutAPartIsRemovedIfNothingIsPublished() throws InterruptedException {
        try (S3Writer writer = create()) {
            writer.append(ByteBuffer.allocate(PART + 1));
            while (server.uploads().isEmpty()) {
                TimeUnit.MILLISECONDS.sleep(1);
            }
        }
        assertThat(server.uploads()).isEmpty();
        assertThat(server.keys()).isEmpty();
    }
}
