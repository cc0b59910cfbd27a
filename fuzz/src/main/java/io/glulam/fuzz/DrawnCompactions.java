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
        long runs = Long.parseLong(arguments[0]);
        long first = arguments.length > 2 && arguments[1].equals("--seed") ? Long.parseLong(arguments[2]) : 1;
        long start = System.nanoTime();
        int findings = 0;
        for (long seed = first; seed < first + runs; seed++) {
            try {
                CompactionTarget.fuzzerTestOneInput(input(seed));
            } catch (Exception | Error finding) {
                findings++;
                System.out.println("finding with seed " + seed + ": " + finding);
            }
            if ((seed - first + 1) % PROGRESS == 0) {
                System.out.printf("%d runs from seed %d, %d findings%n", seed - first + 1, first, findings);
            }
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf(
                "%d runs from seed %d to %d in %.0f s, %.1f a second, %d findings%n",
                runs, first, first + runs - 1, seconds, runs / seconds, findings);
        System.exit(findings == 0 ? 0 : 1);
    }

    static byte[] input(long seed) {
        byte[] input = new byte[INPUT_BYTES];
        new Random(Seeds.derive(seed, "drawn compactions")).nextBytes(input);
        return input;
    }
}
