package io.glulam.fuzz;

/** Runs that a seed each decides, one after the other. */
final class SeededRuns {
    private SeededRuns() {}

    /** One run. */
    @FunctionalInterface
    interface Run {
        /** Throws what it finds. */
        void run(long seed) throws Exception;
    }

    /**
     * Carries out the runs that the command line asks for, prints findings and progress, and ends the process: with 1 if
     * something was found.
     *
     * @param arguments {@code RUNS [--seed S]}
     * @param progress runs between two lines of progress
     */
    static void main(String[] arguments, int progress, Run run) {
        long runs = Long.parseLong(arguments[0]);
        long first = arguments.length > 2 && arguments[1].equals("--seed") ? Long.parseLong(arguments[2]) : 1;
        long start = System.nanoTime();
        int findings = 0;
        for (long seed = first; seed < first + runs; seed++) {
            try {
                run.run(seed);
            } catch (Exception | Error finding) {
                findings++;
                System.out.println("finding with seed " + seed + ": " + finding);
            }
            if ((seed - first + 1) % progress == 0) {
                System.out.printf("%d runs from seed %d, %d findings%n", seed - first + 1, first, findings);
            }
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf(
                "%d runs from seed %d to %d in %.0f s, %.1f a second, %d findings%n",
                runs, first, first + runs - 1, seconds, runs / seconds, findings);
        System.exit(findings == 0 ? 0 : 1);
    }
}
