package io.glulam.cli;

import io.glulam.cli.text.Output;
import io.glulam.error.GlulamException;
import java.util.function.Supplier;

/** Work on several files, each on its own: one that fails does not stop the others. Not thread-safe. */
public final class Batch {
    private final Failures failures;
    private ExitCode worst = ExitCode.DONE;
    private int count;
    private int failed;

    public Batch(Output output) {
        failures = new Failures(output);
    }

    /** Does one piece of work; a failure is reported. */
    public ExitCode run(Supplier<ExitCode> work) {
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
    public int count() {
        return count;
    }

    /** How many of them failed. */
    public int failed() {
        return failed;
    }

    /** The worst of all, as {@link ExitCode#and}. */
    public ExitCode exitCode() {
        return worst;
    }
}
