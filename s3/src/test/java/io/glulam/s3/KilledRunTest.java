package io.glulam.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.error.GlulamException;
import io.glulam.error.StorageFailed;
import io.glulam.s3.StoreAftermath.Mode;
import io.glulam.testkit.s3.Extents;
import io.glulam.testkit.s3.Fault;
import io.glulam.testkit.s3.StoreRules;
import io.glulam.testkit.s3.StrictStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A run that ends at any of its requests, whether the store still carries that one out or not, without a chance to clean
 * up: the object is the old one or the new one, the next run works, and {@code store clean} removes what is left.
 */
@Tag("once")
@Tag("kill")
class KilledRunTest {
    @TempDir
    private Path folder;

    private byte[] source;

    private static Stream<Arguments> rulesAndModes() {
        return Stream.of(StoreRules.S3, StoreRules.R2)
                .map(rules -> rules.withSmallestPart(StoreAftermath.PART))
                .flatMap(rules -> Stream.of(Mode.values()).map(mode -> Arguments.of(rules, mode)));
    }

    @BeforeEach
    void makeObject() {
        source = StoreAftermath.source(folder);
    }

    @ParameterizedTest
    @MethodSource("rulesAndModes")
    void theObjectIsWholeAndTheNextRunWorks(StoreRules rules, Mode mode) throws IOException {
        StoreAftermath aftermath = new StoreAftermath(mode, source, StoreAftermath.compacted(mode, folder, source));
        long requests;
        try (StrictStore server = start(rules)) {
            mode.run(server.endpoint(), rules);
            requests = server.requests();
        }
        assertThat(requests).isGreaterThan(10);
        for (long last = 0; last < requests; last++) {
            endAt(last, Fault.RESET_BEFORE, rules, aftermath);
            endAt(last, Fault.RESET_AFTER, rules, aftermath);
        }
    }

    private StrictStore start(StoreRules rules) {
        StrictStore server = StrictStore.start(rules);
        server.put(StoreAftermath.KEY, Extents.of(source), Map.of());
        return server;
    }

    /** From that request on, the store hears nothing of the run any more. */
    private void endAt(long last, Fault fault, StoreRules rules, StoreAftermath aftermath) {
        try (StrictStore server = start(rules)) {
            server.failWith((number, request) -> number < last ? null : number == last ? fault : Fault.RESET_BEFORE);
            try {
                aftermath.mode().run(server.endpoint(), rules);
            } catch (GlulamException dead) {
                assertThat(dead).isInstanceOf(StorageFailed.class);
            }
            String what = aftermath.mode() + " ends at request " + last + " by " + fault;
            aftermath.assertWhole(server, what);
            server.failWith((number, request) -> null);
            aftermath.assertNextRunAndCleaning(server, rules, what);
        }
    }
}
