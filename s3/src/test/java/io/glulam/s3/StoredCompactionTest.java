package io.glulam.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glulam.CompactionOptions;
import io.glulam.CompactionReport;
import io.glulam.CompactionReport.Unguarded;
import io.glulam.Compactor;
import io.glulam.Job;
import io.glulam.PlanHash;
import io.glulam.error.Unsupported;
import io.glulam.plan.Order;
import io.glulam.storage.ObjectRef;
import io.glulam.storage.RequestKind;
import io.glulam.testkit.s3.Extents;
import io.glulam.testkit.s3.Operation;
import io.glulam.testkit.s3.StoreRules;
import io.glulam.testkit.s3.StrictStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A compaction of an object gives the bytes that the same compaction of a file gives, and moves few of them. */
class StoredCompactionTest {
    private static final long PART = 64 << 10;

    private static final int TAIL = 64 << 10;

    @TempDir
    private Path folder;

    private static Stream<Arguments> storesAndOrders() {
        return Stream.of(StoreRules.S3, StoreRules.R2, StoreRules.S3.plain(), StoreRules.R2.plain())
                .flatMap(rules -> Stream.of(Order.values()).map(order -> Arguments.of(rules, order)));
    }

    @ParameterizedTest
    @MethodSource("storesAndOrders")
    void objectBecomesWhatTheFileWouldBecome(StoreRules kind, Order order) throws IOException {
        StoreRules rules = kind.withSmallestPart(PART);
        byte[] source = Fragmented.file(folder, 1);
        Path local = Files.write(folder.resolve("local.parquet"), source);
        Compactor compactor = new Compactor(CompactionOptions.defaults().withSettings(Fragmented.settings(order)));
        compactor.run(Job.inPlace(local));

        try (StrictStore server = StrictStore.start(rules)) {
            server.put("a/b c+ü.parquet", Extents.of(source), Map.of("content-type", "x/y", "x-amz-meta-owner", "me"));
            S3Store store = Stores.over(server, rules, TAIL);

            CompactionReport report = compactor.run(Job.inPlace(new ObjectRef(store, "a/b c+ü.parquet")));

            assertThat(report.published()).isTrue();
            byte[] compacted = server.get("a/b c+ü.parquet").toByteArray();
            assertThat(compacted).isEqualTo(Files.readAllBytes(local));
            assertThat(server.headers("a/b c+ü.parquet"))
                    .containsEntry("content-type", "x/y")
                    .containsEntry("x-amz-meta-owner", "me")
                    .containsEntry("x-amz-meta-glulam-plan", PlanHash.of(report.plan()));
            assertThat(server.uploads()).isEmpty();
            assertThat(server.keys()).containsExactly("a/b c+ü.parquet");
            assertThat(report.unguarded()).isEqualTo(rules.conditionalPublish() ? Set.of() : Set.of(Unguarded.SWAP));
            if (rules.partCopy()) {
                assertThat(server.count(Operation.COPY_PART)).isPositive();
                assertThat(server.downloaded()).isLessThan(source.length);
                assertThat(server.uploaded()).isLessThan(source.length);
            }
        }
    }

    private static Stream<Arguments> storesAndWhatTheyCannotGuard() {
        return Stream.of(
                Arguments.of(StoreRules.S3, Set.of()),
                // The copies cannot depend on the source, and the swap depends on another key.
                Arguments.of(StoreRules.R2, Set.of(Unguarded.COPIES)),
                Arguments.of(StoreRules.S3.plain(), Set.of(Unguarded.SWAP)));
    }

    @ParameterizedTest
    @MethodSource("storesAndWhatTheyCannotGuard")
    void reportSaysWhatDependedOnNoVersion(StoreRules kind, Set<Unguarded> unguarded) {
        StoreRules rules = kind.withSmallestPart(PART);
        try (StrictStore server = StrictStore.start(rules)) {
            server.put("a.parquet", Extents.of(Fragmented.file(folder, 1)), Map.of());
            S3Store store = Stores.over(server, rules, TAIL);
            Compactor compactor =
                    new Compactor(CompactionOptions.defaults().withSettings(Fragmented.settings(Order.PRESERVE)));

            CompactionReport report =
                    compactor.run(Job.of(new ObjectRef(store, "a.parquet"), new ObjectRef(store, "b.parquet")));

            assertThat(report.unguarded()).isEqualTo(unguarded);
        }
    }

    @Test
    void objectOfATableIsNotOverwritten() {
        StoreRules rules = StoreRules.S3.withSmallestPart(PART);
        try (StrictStore server = StrictStore.start(rules)) {
            server.put("a.parquet", Extents.of(Fragmented.file(folder, 1)), Map.of());
            server.put("t/metadata/v1.metadata.json", Extents.of(new byte[] {1}), Map.of());
            server.put("t/data/b.parquet", Extents.of(new byte[] {2}), Map.of());
            S3Store store = Stores.over(server, rules, TAIL);

            assertThatThrownBy(() -> overwriting()
                            .run(Job.of(new ObjectRef(store, "a.parquet"), new ObjectRef(store, "t/data/b.parquet"))))
                    .isInstanceOf(Unsupported.class)
                    .hasMessageContaining("belongs to an Iceberg table");

            assertThat(server.get("t/data/b.parquet").toByteArray()).isEqualTo(new byte[] {2});
            assertThat(server.count(Operation.GET))
                    .as("refused before anything is read")
                    .isZero();
        }
    }

    @Test
    void overwritingAsksForTablesOnlyWhereSomethingIsThere() {
        StoreRules rules = StoreRules.S3.withSmallestPart(PART);
        try (StrictStore server = StrictStore.start(rules)) {
            server.put("a.parquet", Extents.of(Fragmented.file(folder, 1)), Map.of());
            server.put("new/b.parquet.old", Extents.of(new byte[] {1}), Map.of());
            server.put("t/metadata/v1.metadata.json", Extents.of(new byte[] {1}), Map.of());
            S3Store store = Stores.over(server, rules, TAIL);
            ObjectRef source = new ObjectRef(store, "a.parquet");

            CompactionReport free = overwriting().run(Job.of(source, new ObjectRef(store, "new/b.parquet")));
            assertThat(free.cost().traffic().count(RequestKind.LIST)).isEqualTo(1);
            overwriting().run(Job.of(source, new ObjectRef(store, "t/data/b.parquet")));
            assertThat(server.count(Operation.LIST)).isEqualTo(2);

            CompactionReport taken = overwriting().run(Job.of(source, new ObjectRef(store, "new/b.parquet")));
            assertThat(taken.published()).isTrue();
            // One to see that it is there, four for each of its folder and the bucket.
            assertThat(taken.cost().traffic().count(RequestKind.LIST)).isEqualTo(9);
            assertThat(server.count(Operation.LIST)).isEqualTo(11);

            new Compactor(CompactionOptions.defaults().withSettings(Fragmented.settings(Order.PRESERVE)))
                    .run(Job.of(source, new ObjectRef(store, "c.parquet")));
            assertThat(server.count(Operation.LIST)).as("without --force none").isEqualTo(11);
        }
    }

    private static Compactor overwriting() {
        return new Compactor(CompactionOptions.defaults()
                .withSettings(Fragmented.settings(Order.PRESERVE))
                .withOverwrite(true));
    }
}
