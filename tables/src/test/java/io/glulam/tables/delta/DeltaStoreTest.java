package io.glulam.tables.delta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.delta.kernel.types.LongType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructType;
import io.glulam.CompactionOptions;
import io.glulam.error.StorageFailed;
import io.glulam.error.Unsupported;
import io.glulam.s3.S3Settings;
import io.glulam.s3.S3Stores;
import io.glulam.s3.client.RetryPolicy;
import io.glulam.tables.CommitStateUnknown;
import io.glulam.tables.Outcome;
import io.glulam.tables.Table;
import io.glulam.tables.TableAddress;
import io.glulam.tables.TableListener;
import io.glulam.tables.TablePlan;
import io.glulam.tables.TableReport;
import io.glulam.tables.TableRequest;
import io.glulam.testkit.s3.Extents;
import io.glulam.testkit.s3.Fault;
import io.glulam.testkit.s3.HttpMessage;
import io.glulam.testkit.s3.StoreRules;
import io.glulam.testkit.s3.StrictStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Delta tables in a store that speaks S3's protocol, and commits whose answers are lost. */
@Tag("once")
class DeltaStoreTest {
    private static final String PREFIX = "lake/events/";
    private static final String LOCATION = "s3://" + StrictStore.BUCKET + "/lake/events";
    private static final TableRequest SINGLE_WRITER =
            TableRequest.defaults().withOptions(Map.of("single-writer", "true"));
    private static final StructType SCHEMA =
            new StructType().add("id", LongType.LONG).add("name", StringType.STRING);

    @TempDir
    private Path folder;

    private final StrictStore server = StrictStore.start(StoreRules.S3);
    private List<String> rows = List.of();

    @BeforeEach
    void upload() throws IOException {
        KernelTable table = new KernelTable(folder.resolve("local")).create(SCHEMA, Map.of());
        table.append(new Object[] {1L, "a"}).append(new Object[] {2L, null}).append(new Object[] {3L, "c"});
        table.checkpoint();
        rows = table.rows();
        try (Stream<Path> paths = Files.walk(table.folder())) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                String key = PREFIX + table.folder().relativize(path);
                server.put(key, Extents.of(Files.readAllBytes(path)), Map.of());
            }
        }
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Table open() {
        RetryPolicy retries = new RetryPolicy(
                3, Duration.ofMillis(1), Duration.ofMillis(5), Duration.ofMinutes(2), Duration.ofMinutes(2));
        S3Settings settings = new S3Settings(
                Map.of("AWS_ACCESS_KEY_ID", "AK", "AWS_SECRET_ACCESS_KEY", "SK"),
                server.endpoint(),
                "us-east-1",
                null,
                null,
                retries);
        return DeltaTables.open(
                new TableAddress.Delta(LOCATION),
                () -> new S3Stores(settings),
                CompactionOptions.defaults().withThreads(1));
    }

    private TableReport compact() {
        try (Table table = open()) {
            return table.compact(SINGLE_WRITER, TableListener.NONE);
        }
    }

    /** Requests footers of the three files before the store answers the first one. It waits less than the client does: a retry would count. */
    @Test
    void aPlanReadsFootersSeveralAtOnce() {
        CountDownLatch together = new CountDownLatch(3);
        AtomicBoolean alone = new AtomicBoolean();
        server.doBefore((number, request) -> () -> {
            if (request.key().endsWith(".parquet") && !request.key().contains("_delta_log")) {
                together.countDown();
                try {
                    if (!together.await(1, TimeUnit.MINUTES)) {
                        alone.set(true);
                    }
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        });
        try (Table table = open()) {
            TablePlan plan = table.plan(SINGLE_WRITER);
            assertThat(plan.judgment().sampled()).isEqualTo(3);
            assertThat(plan.partitions())
                    .singleElement()
                    .satisfies(all -> assertThat(all.candidates()).isEqualTo(3));
        }
        assertThat(alone).isFalse();
    }

    /** The table as the store has it now, read by Kernel's default engine. */
    private KernelTable downloaded(String name) throws IOException {
        KernelTable table = new KernelTable(folder.resolve(name));
        for (String key : server.keys()) {
            Path path = table.folder().resolve(key.substring(PREFIX.length()));
            Files.createDirectories(path.getParent());
            Files.write(path, server.get(key).toByteArray());
        }
        return table;
    }

    private long dataFiles() {
        return server.keys().stream()
                .filter(key -> key.endsWith(".parquet") && !key.contains("_delta_log"))
                .count();
    }

    private static boolean isCommit(HttpMessage request) {
        return request.method().equals("PUT") && request.key().endsWith("_delta_log/00000000000000000004.json");
    }

    @Test
    void aTableInAStoreIsCompactedAndReadableBeforeAndAfter() throws IOException {
        TableReport report = compact();

        assertThat(report.outcome()).isEqualTo(Outcome.COMPACTED);
        KernelTable table = downloaded("after");
        assertThat(table.version()).isEqualTo(4);
        assertThat(table.files()).hasSize(1);
        assertThat(table.rows()).isEqualTo(rows);
        assertThat(table.rows(3)).isEqualTo(rows);
        assertThat(report.release()).isEqualTo("VACUUM delta.`" + LOCATION + "`");
    }

    @Test
    void aCompactionReadsEachDataFileByOneRequest() {
        List<String> read = Collections.synchronizedList(new ArrayList<>());
        server.doBefore((number, request) -> {
            boolean source =
                    request.key().endsWith(".parquet") && !request.key().endsWith("-glulam.parquet");
            if (request.method().equals("GET") && source && !request.key().contains("_delta_log")) {
                read.add(request.key());
            }
            return null;
        });

        TableReport report = compact();

        assertThat(report.counts().rewrittenDataFiles()).isEqualTo(3);
        assertThat(read).doesNotHaveDuplicates().hasSize(3);
    }

    @Test
    void writersThatLookAndThenPutMustBeExcludedByTheCaller() {
        List<String> before = server.keys();

        try (Table table = open()) {
            TablePlan plan = table.plan(TableRequest.defaults());
            assertThat(plan.notes()).anyMatch(note -> note.contains("If-None-Match"));
            assertThatThrownBy(() -> table.compact(TableRequest.defaults(), TableListener.NONE))
                    .isInstanceOf(Unsupported.class)
                    .hasMessageContaining("single-writer=true");
        }
        assertThat(server.keys()).isEqualTo(before);
    }

    @Test
    void aCommitWhoseAnswerIsLostIsFound() throws IOException {
        AtomicBoolean lost = new AtomicBoolean();
        server.failWith((number, request) -> isCommit(request) && !lost.getAndSet(true) ? Fault.RESET_AFTER : null);

        assertThat(compact().snapshots()).containsExactly(4L);

        assertThat(lost).isTrue();
        assertThat(downloaded("after").rows()).isEqualTo(rows);
    }

    @Test
    void aVersionThatAnotherWriterPutsMeanwhileStays() throws IOException {
        byte[] others =
                "{\"commitInfo\":{\"timestamp\":1,\"operation\":\"WRITE\"}}\n{\"txn\":{\"appId\":\"a\",\"version\":1}}\n"
                        .getBytes(StandardCharsets.UTF_8);
        AtomicBoolean written = new AtomicBoolean();
        server.failWith((number, request) -> {
            if (isCommit(request) && !written.getAndSet(true)) {
                server.put(PREFIX + "_delta_log/00000000000000000004.json", Extents.of(others), Map.of());
            }
            return null;
        });

        assertThat(compact().snapshots()).containsExactly(5L);

        assertThat(server.get(PREFIX + "_delta_log/00000000000000000004.json").toByteArray())
                .isEqualTo(others);
        assertThat(downloaded("after").rows()).isEqualTo(rows);
    }

    @Test
    void aCommitThatMayBeThereDeletesNothingAndSaysSo() throws IOException {
        AtomicBoolean gone = new AtomicBoolean();
        server.failWith((number, request) -> {
            if (isCommit(request) && !gone.getAndSet(true)) {
                return Fault.RESET_AFTER;
            }
            return gone.get() ? Fault.RESET_BEFORE : null;
        });

        assertThatThrownBy(this::compact)
                .isInstanceOfSatisfying(
                        CommitStateUnknown.class,
                        unknown -> assertThat(unknown.files()).hasSize(1));

        server.reset();
        assertThat(dataFiles()).isEqualTo(4);
        assertThat(downloaded("after").rows()).isEqualTo(rows);
    }

    @Test
    void aCommitThatIsDeniedLeavesTheTableAsItWas() throws IOException {
        List<String> before = server.keys();
        server.failWith((number, request) -> isCommit(request) ? Fault.STATUS_403 : null);

        assertThatThrownBy(this::compact).isInstanceOf(StorageFailed.class);

        server.reset();
        assertThat(server.keys()).isEqualTo(before);
        assertThat(downloaded("after").rows()).isEqualTo(rows);
    }
}
