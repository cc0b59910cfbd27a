package io.glulam.tables.iceberg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glulam.error.GlulamException;
import io.glulam.storage.RequestKind;
import io.glulam.tables.TablePlan;
import io.glulam.tables.TableReport;
import io.glulam.testkit.s3.StoreRules;
import io.glulam.testkit.s3.StrictStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables whose files lie in a store. */
@Tag("once")
class IcebergStoreTest {
    @TempDir
    private Path folder;

    @Test
    void aTableInAStoreIsCompactedByOneRequestASource() {
        try (StrictStore store = StrictStore.start(StoreRules.S3);
                TestTable table = TestTable.in(store, folder, 3)) {
            table.appendEvents(6);
            List<String> before = table.lineage();

            TablePlan plan = table.plan();
            assertThat(plan.expected().requests()).isNotEmpty();
            TableReport report = table.compact();

            assertThat(report.counts().addedDataFiles()).isEqualTo(1);
            assertThat(report.traffic().count(RequestKind.GET)).isBetween(6L, 9L);
            assertThat(table.lineage()).isEqualTo(before);
            assertThat(table.files())
                    .singleElement()
                    .satisfies(file -> assertThat(file.location()).startsWith("s3://"));
        }
    }

    @Test
    void manifestsAndTheirListsAreReadOnce() {
        try (StrictStore store = StrictStore.start(StoreRules.S3);
                TestTable table = TestTable.in(store, folder, 2)) {
            table.appendEvents(6);
            List<String> read = Collections.synchronizedList(new ArrayList<>());
            store.doBefore((number, request) -> {
                if (request.method().equals("GET") && request.key().endsWith(".avro")) {
                    read.add(request.key());
                }
                return null;
            });

            table.compact();

            assertThat(read).hasSizeGreaterThan(6).doesNotHaveDuplicates();
        }
    }

    private static void makeRowGroupsTiny(TestTable table) {
        table.table()
                .updateProperties()
                .set("write.parquet.row-group-size-bytes", "4096")
                .set("write.parquet.row-group-check-min-record-count", "100")
                .set("write.parquet.row-group-check-max-record-count", "100")
                .commit();
    }

    /** Requests footers of the three files before the store answers the first one. It waits less than the client does: a retry would count. */
    @Test
    void aPlanReadsFootersSeveralAtOnce() {
        try (StrictStore store = StrictStore.start(StoreRules.S3);
                TestTable table = TestTable.in(store, folder, 2)) {
            makeRowGroupsTiny(table);
            for (int i = 0; i < 3; i++) {
                table.append(table.events(3_000L * i, 3_000L * i + 3_000));
            }
            table.table()
                    .updateProperties()
                    .remove("write.parquet.row-group-size-bytes")
                    .commit();
            CountDownLatch together = new CountDownLatch(3);
            AtomicBoolean alone = new AtomicBoolean();
            store.doBefore((number, request) -> () -> {
                if (request.key().endsWith(".parquet")) {
                    together.countDown();
                    try {
                        if (!together.await(20, TimeUnit.SECONDS)) {
                            alone.set(true);
                        }
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                }
            });

            TablePlan plan = table.plan("target-file-size-bytes=20000", "min-file-size-bytes=1000");

            assertThat(plan.judgment().sampled()).isEqualTo(3);
            assertThat(alone).isFalse();
        }
    }

    @Test
    void aCompactionThatFailsLeavesNoNewFiles() {
        try (StrictStore store = StrictStore.start(StoreRules.S3);
                TestTable table = TestTable.in(store, folder, 2)) {
            table.appendEvents(6);
            List<String> before = table.rows();
            store.remove(key(table));

            assertThatThrownBy(table::compact).isInstanceOf(GlulamException.class);

            assertThat(store.keys()).noneMatch(key -> key.endsWith("-glulam.parquet"));
            assertThat(store.uploads()).isEmpty();
            assertThat(before).hasSize(600);
        }
    }

    private static String key(TestTable table) {
        return table.files().get(5).location().substring(("s3://" + StrictStore.BUCKET + "/").length());
    }
}
