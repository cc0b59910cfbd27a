package io.glulam.cli;

import io.glulam.cli.text.Output;
import io.glulam.cli.text.Texts;
import io.glulam.error.GlulamException;
import java.util.function.Supplier;

/** Work on several files, each on its own: one that fails does not stop the others. Not thread-safe. */
final class Batch {
    private final Output output;
    private final Failures failures;
    private final Interruption interruption;
    private final boolean json;
    private ExitCode worst = ExitCode.DONE;
    private int count;
    private int failed;

    /** @param json whether a failure is also printed as JSON */
    Batch(Main main, boolean json) {
        this.output = main.output();
        this.failures = main.failures();
        this.interruption = main.interruption();
        this.json = json;
    }

    /** Does the work on one file, unless the run is to stop; a failure is reported. */
    void run(String file, Supplier<ExitCode> work) {
        if (interruption.requested()) {
            worst = ExitCode.INTERRUPTED;
            return;
        }
        ExitCode code;
        try {
            code = work.get();
        } catch (GlulamException failure) {
            code = failures.report(failure);
            failed++;
            if (json) {
                Json.print(output, out -> FailureJson.write(out, file, failure));
            }
        }
        worst = count++ == 0 ? code : worst.and(code);
    }

    /** Whether this is the first file that prints. */
    boolean isFirst() {
        return count == 0;
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
