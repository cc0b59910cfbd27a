package io.glulam.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.error.GlulamException;
import io.glulam.error.StorageFailed;
import io.glulam.s3.StoreAftermath.Mode;
import io.glulam.testkit.s3.Extents;
import io.glulam.testkit.s3.StoreRules;
import io.glulam.testkit.s3.StrictStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A run whose connections end for good at any byte of a request or an answer. For the store that is a killed process, and
 * it costs no process: {@link StoreKillTest} kills real ones, {@link KilledRunTest} ends runs between bytes of requests.
 *
 * <p>{@code -Dglulam.kills=N} sets how many times in each mode, {@code -Dglulam.kills.seed=S} at which bytes.
 */
@Tag("once")
@Tag("kill")
class SeveredRunTest {
    private static final int KILLS = Integer.getInteger("glulam.kills", 8);
    private static final long SEED = Long.getLong("glulam.kills.seed", 1);
    private static final StoreRules RULES = StoreRules.S3.withSmallestPart(StoreAftermath.PART);

    /** Half of the runs end so near to where a request or an answer begins: most bytes are those of parts. */
    private static final int NEAR = 600;

    /** A quarter of the runs end near one of these: there the object is published. */
    private static final int LAST_TURNS = 3;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void theObjectIsWholeAndTheNextRunWorks(Mode mode) throws Exception {
        byte[] source = StoreAftermath.source(folder);
        StoreAftermath aftermath = new StoreAftermath(mode, source, StoreAftermath.compacted(mode, folder, source));
        long bytes;
        List<Long> turns;
        try (StrictStore store = start(source);
                SeveredWire wire = SeveredWire.open(store.endpoint(), Long.MAX_VALUE)) {
            mode.run(wire.endpoint(), RULES);
            bytes = wire.passed();
            turns = wire.turns();
        }
        Random random = new Random(SEED * Mode.values().length + mode.ordinal());
        int unpublished = 0;
        int uploads = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            long last = switch (kill % 4) {
                case 0, 1 -> (long) (random.nextDouble() * bytes);
                case 2 -> near(turns, random);
                default -> near(turns.subList(turns.size() - LAST_TURNS, turns.size()), random);
            };
            try (StrictStore store = start(source)) {
                endAt(last, store, mode);
                String what = "run " + kill + " of " + mode + " with seed " + SEED + ", ended after " + last + " bytes";
                aftermath.assertWhole(store, what);
                unpublished += aftermath.isDone(store) ? 0 : 1;
                uploads += store.uploads().size();
                aftermath.assertNextRunAndCleaning(store, RULES, what);
            }
        }
        System.out.printf(
                "%s: %d runs ended within %d bytes, %d before publishing, leaving %d unfinished uploads%n",
                mode, KILLS, bytes, unpublished, uploads);
    }

    private static long near(List<Long> turns, Random random) {
        return Math.max(0, turns.get(random.nextInt(turns.size())) + random.nextInt(2 * NEAR) - NEAR);
    }

    private static StrictStore start(byte[] source) {
        StrictStore store = StrictStore.start(RULES);
        store.put(StoreAftermath.KEY, Extents.of(source), Map.of());
        return store;
    }

    private static void endAt(long last, StrictStore store, Mode mode) throws IOException, InterruptedException {
        try (SeveredWire wire = SeveredWire.open(store.endpoint(), last)) {
            mode.run(wire.endpoint(), RULES);
        } catch (GlulamException dead) {
            assertThat(dead).isInstanceOf(StorageFailed.class);
        }
        store.awaitNoConnection();
    }
}
