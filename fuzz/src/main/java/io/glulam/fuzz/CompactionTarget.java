package io.glulam.fuzz;

import io.glulam.error.VerificationFailed;
import io.glulam.plan.Settings;
import io.glulam.testkit.mutate.FileMutator;
import java.util.Arrays;
import java.util.List;

/**
 * The whole compactor: a generated file with lies in it, a changed file of any writer, or bytes as they come, with any
 * options, before {@link CompactionOracle}.
 */
public final class CompactionTarget {
    private static final int USUAL_SIZE = 20_000;
    private static final int FILTERS = 3;
    /** One in so many is read with filters by parquet-java, which takes as long as all the rest. */
    private static final int FILTERED = 32;
    /** One in so many is read with filters by DuckDB. */
    private static final int FILTERED_BY_DUCKDB = 128;

    private static final int FAMILY = 1 << 16;

    private CompactionTarget() {}

    /** For Jazzer. */
    public static void fuzzerTestOneInput(byte[] input) {
        Draws draws = new Draws(input);
        int kind = draws.nextInt(8);
        Settings settings = RandomSettings.any(draws, USUAL_SIZE);
        byte[] source = source(kind, draws);
        int hash = Arrays.hashCode(source);
        CompactionOracle oracle = new CompactionOracle(
                source, settings, hash % FILTERED == 0 ? FILTERS : 0, hash % FILTERED_BY_DUCKDB == 0 ? FILTERS : 0);
        Compaction compaction = oracle.check();
        Tally.count(compaction);
        if (compaction.refusal() instanceof VerificationFailed refusal) {
            throw new Mismatch("its own output was refused: " + refusal.getMessage() + " with " + settings);
        }
    }

    private static byte[] source(int kind, Draws draws) {
        List<byte[]> files = SeedFiles.all();
        if (kind == 0) {
            return draws.rest();
        } else if (kind == 1 && !files.isEmpty()) {
            return FileMutator.mutate(files.get(draws.nextInt(files.size())), draws);
        }
        return FileMutator.of(draws.nextInt(FAMILY), draws).bytes();
    }
}
