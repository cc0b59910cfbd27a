package io.glulam.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.glulam.CompactionOptions;
import io.glulam.CompactionReport;
import io.glulam.Compactor;
import io.glulam.Job;
import io.glulam.plan.Order;
import io.glulam.plan.Settings;
import io.glulam.storage.ObjectRef;
import io.glulam.storage.RequestKind;
import io.glulam.storage.Traffic;
import io.glulam.testkit.generate.MixedObject;
import io.glulam.testkit.generate.Seeds;
import io.glulam.testkit.s3.CountingRelay;
import io.glulam.testkit.s3.Extents;
import io.glulam.testkit.s3.Operation;
import io.glulam.testkit.s3.StoreRules;
import io.glulam.testkit.s3.StrictStore;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a compaction of a mostly healthy object may ask of a store, counted by the store. */
@Tag("once")
class IoBudgetTest {
    private static final long MEGABYTE = 1_000_000;
    private static final String KEY = "object.parquet";

    @TempDir
    private static Path folder;

    private record Budget(long megabytes, long downloadedMegabytes, int gets) {}

    private static final Budget SMALL = new Budget(100, 50, 5);
    private static final Budget MEDIUM = new Budget(500, 100, 10);
    private static final Budget LARGE = new Budget(1000, 150, 15);

    private static Stream<Arguments> cases() {
        // Half of the cases are those without the largest object.
        Stream<Arguments> four = Stream.of(SMALL, MEDIUM, LARGE)
                .limit(Seeds.cases(4))
                .flatMap(budget -> Stream.of("S3", "R2")
                        .flatMap(kind -> Stream.of(Order.values()).map(order -> Arguments.of(budget, kind, order, 4))));
        return Stream.concat(four, sevenRuns());
    }

    /**
     * With more runs there are more seams. Where parts are of one size, they take more than the budget then (docs); and of
     * 100 MB, seven runs are so small that the plan merges each with a healthy neighbour if the order is to stay.
     */
    private static Stream<Arguments> sevenRuns() {
        return Stream.of(
                Arguments.of(SMALL, "S3", Order.HEALTHY_FIRST, 7),
                Arguments.of(MEDIUM, "S3", Order.PRESERVE, 7),
                Arguments.of(MEDIUM, "S3", Order.HEALTHY_FIRST, 7),
                Arguments.of(MEDIUM, "R2", Order.HEALTHY_FIRST, 7));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void mostlyHealthyObjectStaysWithinItsBudget(Budget budget, String kind, Order order, int runs) throws IOException {
        StoreRules rules = kind.equals("R2") ? StoreRules.R2 : StoreRules.S3;
        double share = 0.12;
        Path file = folder.resolve("mixed-" + budget.megabytes() + "-" + runs);
        if (!Files.exists(file)) {
            Files.move(MixedObject.write(folder, budget.megabytes() * MEGABYTE, runs, share), file);
        }
        try (StrictStore server = StrictStore.start(rules, folder);
                FileChannel bytes = FileChannel.open(file)) {
            server.put(KEY, Extents.of(bytes, 0, bytes.size()), Map.of());
            ObjectRef object = new ObjectRef(Stores.overPatiently(server, rules), KEY);
            Compactor compactor = new Compactor(CompactionOptions.defaults()
                    .withSettings(Settings.defaults().withOrder(order)));
            Traffic expected = compactor.preview(object).expected();
            server.reset();
            CompactionReport report = compactor.run(Job.inPlace(object));

            // Reading the new footer back is one more request.
            long gets = server.count(Operation.GET) - 1;
            String what = "%.1f MB down in %d requests, %.1f MB up, %s; foretold %.1f down, %.1f up, %s"
                    .formatted(
                            server.downloaded() / 1e6,
                            gets,
                            server.uploaded() / 1e6,
                            report.cost().traffic().requests(),
                            expected.downloaded() / 1e6,
                            expected.uploaded() / 1e6,
                            expected.requests());
            // Out of their order, row groups have to begin at a row, which the repeated column tells.
            long budgetedGets = budget.gets() + (order == Order.HEALTHY_FIRST ? runs : 0);
            assertThat(gets).as(what).isLessThanOrEqualTo(budgetedGets);
            long seams = budget.megabytes() == 1000 && rules.uniformParts() ? 2L * runs * rules.smallestPart() : 0;
            assertThat(server.downloaded())
                    .as(what)
                    .isLessThanOrEqualTo(budget.downloadedMegabytes() * MEGABYTE + seams);
            assertThat((double) expected.downloaded()).as(what).isCloseTo(server.downloaded(), withinPercentage(15));
            assertThat((double) expected.uploaded()).as(what).isCloseTo(server.uploaded(), withinPercentage(15));
            assertThat(gets).as(what).isBetween(expected.count(RequestKind.GET) - 1, budgetedGets);
            assertThat(report.cost().traffic().count(RequestKind.GET)).isEqualTo(server.count(Operation.GET));
            assertThat(report.cost().traffic().downloaded()).isEqualTo(server.downloaded());
            assertThat(server.count(Operation.LIST))
                    .isPositive()
                    .isEqualTo(report.cost().traffic().count(RequestKind.LIST))
                    .isEqualTo(expected.count(RequestKind.LIST));
        }
    }

    /** Counted before a store that is not ours: it is asked for what the strict one is asked for. */
    @ParameterizedTest
    @EnumSource(Order.class)
    void budgetHoldsOnS3ProxyToo(Order order) throws IOException {
        Path file = MixedObject.write(folder, 100 * MEGABYTE, 4, 0.12);
        Path objects = Files.createTempDirectory(folder, "proxy");
        try (ProxyServer proxy = ProxyServer.start(objects);
                CountingRelay relay = CountingRelay.before(proxy.endpoint());
                StrictStore strict = StrictStore.start(StoreRules.S3, folder);
                FileChannel bytes = FileChannel.open(file)) {
            Compactor compactor = new Compactor(CompactionOptions.defaults()
                    .withSettings(Settings.defaults().withOrder(order)));
            ObjectRef object = new ObjectRef(ProxyServer.storeAt(relay.endpoint()), KEY);
            ForeignCompaction.put(object, Files.readAllBytes(file));
            strict.put(KEY, Extents.of(bytes, 0, bytes.size()), Map.of());
            relay.reset();

            compactor.run(Job.inPlace(object));
            compactor.run(Job.inPlace(new ObjectRef(Stores.overPatiently(strict, StoreRules.S3), KEY)));

            String what = "%.1f MB down, %.1f MB up".formatted(relay.downloaded() / 1e6, relay.uploaded() / 1e6);
            // As above: out of their order, row groups have to begin at a row. So much less is downloaded then.
            boolean inOrder = order == Order.PRESERVE;
            assertThat(relay.count(Operation.GET) - 1).as(what).isLessThanOrEqualTo(inOrder ? 5 : 5 + 4);
            assertThat(relay.downloaded())
                    .isLessThanOrEqualTo((inOrder ? 50 : 20) * MEGABYTE)
                    .isEqualTo(strict.downloaded());
            assertThat(relay.uploaded()).as(what).isEqualTo(strict.uploaded());
            assertThat(relay.count(Operation.COPY_PART)).isPositive();
            for (Operation operation : Operation.values()) {
                assertThat(relay.count(operation)).as("%s", operation).isEqualTo(strict.count(operation));
            }
        }
    }

    @Test
    void fullyFragmentedObjectIsDownloadedOnce() throws IOException {
        Path file = MixedObject.write(folder, 60 * MEGABYTE, 1, 0.999);
        try (StrictStore server = StrictStore.start(StoreRules.R2, folder);
                FileChannel bytes = FileChannel.open(file)) {
            server.put(KEY, Extents.of(bytes, 0, bytes.size()), Map.of());
            long size = bytes.size();
            CompactionReport report = new Compactor(CompactionOptions.defaults())
                    .run(Job.inPlace(new ObjectRef(Stores.overPatiently(server, StoreRules.R2), KEY)));
            assertThat(report.published()).isTrue();
            // The last bytes of the new object are read back to check it.
            assertThat(server.downloaded()).isLessThanOrEqualTo(size + (512 << 10));
        }
    }
}
