package io.glulam.fuzz;

import io.glulam.testkit.generate.Seeds;
import java.util.Random;

/**
 * The target {@link CompactionTarget} without Jazzer: random inputs, a seed each. No coverage guides them, but a run needs
 * no instrumented code, and a seed replays it.
 */
public final class DrawnCompactions {
    private static final int PROGRESS = 1_000;
    private static final int INPUT_BYTES = 24;

    private DrawnCompactions() {}

    /** {@code RUNS [--seed S]}. */
    public static void main(String[] arguments) {
        SeededRuns.main(arguments, PROGRESS, seed -> CompactionTarget.fuzzerTestOneInput(input(seed)));
    }

    static byte[] input(long seed) {
        byte[] input = new byte[INPUT_BYTES];
        new Random(Seeds.derive(seed, "drawn compactions")).nextBytes(input);
        return input;
    }
}
