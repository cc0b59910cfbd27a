package io.glulam.cli;

import io.glulam.cli.text.Texts;
import io.glulam.error.GlulamException;
import java.util.function.Supplier;

/** Work on several files, each on its own: one that fails does not stop the others. Not thread-safe. */
final class Batch {
    private final Failures failures;
    private final Interruption interruption;
    private ExitCode worst = ExitCode.DONE;
    private int count;
    private int failed;

    Batch(Main main) {
        failures = main.failures();
        interruption = main.interruption();
    }

    /** Does one piece of work, unless the run is to stop; a failure is reported. */
    ExitCode run(Supplier<ExitCode> work) {
        if (interruption.requested()) {
            worst = ExitCode.INTERRUPTED;
            return worst;
        }
        ExitCode code;
        try {
            code = work.get();
        } catch (GlulamException failure) {
            code = failures.report(failure);
            failed++;
        }
        worst = count++ == 0 ? code : worst.and(code);
        return code;
    }

    /** Pieces of work so far. */
    int count() {
        return count;
    }

    /** The worst of all, as {@link ExitCode#and}. */
    ExitCode exitCode() {
        return worst;
    }

    /** {@code 5 files, 1 of them failed}. */
    String summary() {
        return Texts.count(count, "file") + (failed == 0 ? " done" : ", " + failed + " of them failed");
    }
}
