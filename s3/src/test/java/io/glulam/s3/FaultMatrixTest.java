package io.glulam.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import io.glulam.CompactionOptions;
import io.glulam.Compactor;
import io.glulam.Job;
import io.glulam.error.GlulamException;
import io.glulam.error.SourceChanged;
import io.glulam.error.StorageFailed;
import io.glulam.plan.Order;
import io.glulam.storage.ObjectRef;
import io.glulam.testkit.s3.Extents;
import io.glulam.testkit.s3.Fault;
import io.glulam.testkit.s3.HttpMessage;
import io.glulam.testkit.s3.Operation;
import io.glulam.testkit.s3.StoreRules;
import io.glulam.testkit.s3.StrictStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever goes wrong at whichever request of a compaction in place: afterwards the key holds the old object whole or
 * the new one whole, nothing else is left in the store, and a run that says that it succeeded has.
 */
@Tag("once")
class FaultMatrixTest {
    private static final String KEY = "data/object.parquet";
    private static final long PART = 64 << 10;
    private static final int TAIL = 64 << 10;

    @TempDir
    private Path folder;

    private static Stream<StoreRules> rules() {
        return Stream.of(StoreRules.S3, StoreRules.R2).map(rules -> rules.withSmallestPart(PART));
    }

    private static final CompactionOptions OPTIONS = CompactionOptions.defaults()
            .withSettings(Fragmented.settings(Order.PRESERVE))
            .withThreads(2);

    private byte[] source(long seed) {
        return Fragmented.file(folder, seed, 30_000, 1500, 1500, 30_000, 1500);
    }

    private byte[] compacted(byte[] source) throws IOException {
        Path local = Files.write(Files.createTempFile(folder, "local", ".parquet"), source);
        new Compactor(OPTIONS).run(Job.inPlace(local));
        return Files.readAllBytes(local);
    }

    private static void compact(StrictStore server, StoreRules rules) {
        compact(Stores.over(server, rules, TAIL));
    }

    private static void compact(S3Store store) {
        new Compactor(OPTIONS).run(Job.inPlace(new ObjectRef(store, KEY)));
    }

    /** How many requests a run takes that nothing happens to. */
    private static long requests(byte[] source, StoreRules rules) {
        try (StrictStore server = StrictStore.start(rules)) {
            server.put(KEY, Extents.of(source), Map.of());
            compact(server, rules);
            return server.requests();
        }
    }

    @ParameterizedTest
    @MethodSource("rules")
    void everyRequestMayFailOnceInEveryWay(StoreRules rules) throws IOException {
        byte[] source = source(1);
        byte[] expected = compacted(source);
        long requests = requests(source, rules);
        assertThat(requests).isGreaterThan(10);
        for (long number = 0; number < requests; number++) {
            for (Fault fault : Fault.values()) {
                withFault(source, expected, rules, number, fault);
            }
        }
    }

    private void withFault(byte[] source, byte[] expected, StoreRules rules, long number, Fault fault) {
        try (StrictStore server = StrictStore.start(rules)) {
            server.put(KEY, Extents.of(source), Map.of());
            server.failWith((at, request) -> at == number ? fault : null);
            String failure = null;
            try {
                compact(silent(fault) ? Stores.overHurriedly(server, rules, TAIL) : Stores.over(server, rules, TAIL));
            } catch (GlulamException e) {
                failure = e.toString();
            }
            String what = fault + " at request " + number + ", then " + failure;
            byte[] found = server.get(KEY).toByteArray();
            if (failure == null) {
                assertThat(Arrays.equals(found, expected)).as(what).isTrue();
            } else if (!Arrays.equals(found, source) && !Arrays.equals(found, expected)) {
                fail("neither the old object nor the new one: " + what);
            }
            assertThat(server.keys()).as(what).containsExactly(KEY);
            assertThat(server.uploads()).as(what).isEmpty();
        }
    }

    private static boolean silent(Fault fault) {
        return fault == Fault.SILENCE_BEFORE || fault == Fault.SILENCE_AFTER;
    }

    @ParameterizedTest
    @MethodSource("rules")
    void conflictAtCompletionIsAnsweredByAnotherUploadOfEveryPart(StoreRules rules) throws IOException {
        byte[] source = source(1);
        byte[] expected = compacted(source);
        try (StrictStore server = StrictStore.start(rules)) {
            server.put(KEY, Extents.of(source), Map.of());
            compact(server, rules);
            long parts = server.count(Operation.UPLOAD_PART) + server.count(Operation.COPY_PART);

            server.reset();
            server.put(KEY, Extents.of(source), Map.of());
            server.failWith((at, request) -> conflict(server, request, 2));
            compact(server, rules);

            assertThat(Arrays.equals(server.get(KEY).toByteArray(), expected)).isTrue();
            assertThat(server.count(Operation.COMPLETE_UPLOAD)).isEqualTo(3);
            assertThat(server.count(Operation.CREATE_UPLOAD)).isEqualTo(3);
            assertThat(server.count(Operation.UPLOAD_PART) + server.count(Operation.COPY_PART))
                    .isEqualTo(3 * parts);
            assertThat(server.uploads()).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("rules")
    void conflictsWithoutEndEndTheRunAndLeaveTheObject(StoreRules rules) {
        byte[] source = source(1);
        try (StrictStore server = StrictStore.start(rules)) {
            server.put(KEY, Extents.of(source), Map.of());
            server.failWith((at, request) -> conflict(server, request, Integer.MAX_VALUE));

            assertThatThrownBy(() -> compact(server, rules))
                    .isInstanceOf(StorageFailed.class)
                    .hasMessageContaining("another process was writing the object at the same time");

            assertThat(Arrays.equals(server.get(KEY).toByteArray(), source)).isTrue();
            assertThat(server.count(Operation.COMPLETE_UPLOAD)).isEqualTo(4);
            assertThat(server.uploads()).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("rules")
    void conflictWithSomebodyWhoReplacedTheObjectIsNotTriedAgain(StoreRules rules) {
        byte[] source = source(1);
        byte[] other = source(2);
        try (StrictStore server = StrictStore.start(rules)) {
            server.put(KEY, Extents.of(source), Map.of());
            server.failWith((at, request) -> {
                Fault fault = conflict(server, request, 1);
                if (fault != null) {
                    server.put(KEY, Extents.of(other), Map.of());
                }
                return fault;
            });

            assertThatThrownBy(() -> compact(server, rules)).isInstanceOf(SourceChanged.class);

            assertThat(Arrays.equals(server.get(KEY).toByteArray(), other)).isTrue();
            assertThat(server.count(Operation.COMPLETE_UPLOAD)).isEqualTo(1);
            assertThat(server.uploads()).isEmpty();
        }
    }

    /** A conflict at the first so many completions. */
    private static @Nullable Fault conflict(StrictStore server, HttpMessage request, int most) {
        boolean completes = request.operation() == Operation.COMPLETE_UPLOAD;
        return completes && server.count(Operation.COMPLETE_UPLOAD) <= most ? Fault.STATUS_409 : null;
    }

    @ParameterizedTest
    @MethodSource("rules")
    void objectThatIsOverwrittenAtAnyPointIsNeverLost(StoreRules rules) throws IOException {
        byte[] source = source(1);
        byte[] other = source(2);
        byte[] compactedOther = compacted(other);
        long requests = requests(source, rules);
        for (long number = 0; number < requests; number++) {
            long when = number;
            boolean[] unopened = new boolean[1];
            try (StrictStore server = StrictStore.start(rules)) {
                server.put(KEY, Extents.of(source), Map.of());
                server.doBefore((at, request) -> {
                    unopened[0] |= at == when && server.count(Operation.GET) <= 1;
                    return at == when ? () -> server.put(KEY, Extents.of(other), Map.of()) : null;
                });
                String outcome = "success";
                try {
                    compact(server, rules);
                } catch (GlulamException e) {
                    outcome = e.toString();
                }
                String what = "overwritten at request " + when + ", then " + outcome;
                byte[] found = server.get(KEY).toByteArray();
                boolean whole = Arrays.equals(found, other) || unopened[0] && Arrays.equals(found, compactedOther);
                assertThat(whole).as(what).isTrue();
                assertThat(server.keys()).as(what).containsExactly(KEY);
                assertThat(server.uploads()).as(what).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("rules")
    void runThatIsInterruptedAtAnyPointLeavesNothing(StoreRules rules) throws Exception {
        byte[] source = source(1);
        byte[] expected = compacted(source);
        long requests = requests(source, rules);
        for (long number = 0; number < requests; number++) {
            long when = number;
            try (StrictStore server = StrictStore.start(rules)) {
                server.put(KEY, Extents.of(source), Map.of());
                String[] outcome = {"success"};
                Thread run = new Thread(() -> {
                    try {
                        compact(server, rules);
                    } catch (GlulamException e) {
                        outcome[0] = e.toString();
                    }
                });
                server.doBefore((at, request) -> at == when ? run::interrupt : null);
                run.start();
                run.join();
                String what = "interrupted at request " + when + ", then " + outcome[0];
                byte[] found = server.get(KEY).toByteArray();
                assertThat(Arrays.equals(found, source) || Arrays.equals(found, expected))
                        .as(what)
                        .isTrue();
                assertThat(server.keys()).as(what).containsExactly(KEY);
                assertThat(server.uploads()).as(what).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("rules")
    void twoCompactionsOfOneObjectLeaveItCompactedOnce(StoreRules rules) throws IOException {
        byte[] source = source(1);
        byte[] expected = compacted(source);
        // Threads of their own: a common pool of one thread would run one behind the other.
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try (StrictStore server = StrictStore.start(rules)) {
            server.put(KEY, Extents.of(source), Map.of());
            CompletableFuture<Void> first = CompletableFuture.runAsync(() -> compact(server, rules), threads);
            CompletableFuture<Void> second = CompletableFuture.runAsync(() -> compact(server, rules), threads);
            int succeeded = succeeded(first) + succeeded(second);
            assertThat(succeeded).isPositive();
            assertThat(Arrays.equals(server.get(KEY).toByteArray(), expected)).isTrue();
            assertThat(server.uploads()).isEmpty();
        } finally {
            threads.shutdown();
        }
    }

    private static int succeeded(CompletableFuture<Void> run) {
        try {
            run.join();
            return 1;
        } catch (CompletionException e) {
            assertThat(e).hasCauseInstanceOf(GlulamException.class);
            return 0;
        }
    }
}
