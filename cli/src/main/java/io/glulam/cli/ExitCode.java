package io.glulam.cli;

import io.glulam.error.CorruptFile;
import io.glulam.error.GlulamException;
import io.glulam.error.SourceChanged;
import io.glulam.error.StorageFailed;
import io.glulam.error.Unsupported;
import io.glulam.error.VerificationFailed;

/** The exit codes of the process. The codes are part of the command's contract. */
public enum ExitCode {
    DONE(0, "done"),
    DIFFERENT(1, "verify: the files differ"),
    USAGE(2, "bad usage, or OUT exists and there is no --force"),
    BAD_FILE(3, "bad file: not Parquet, truncated or corrupt"),
    UNSUPPORTED(4, "unsupported: a file or table that Glulam refuses"),
    SOURCE_CHANGED(5, "the source changed meanwhile"),
    STORAGE_FAILED(6, "storage failed: no such file, no permission, no space"),
    VERIFICATION_FAILED(7, "verification failed: nothing was published"),
    STATE_UNKNOWN(8, "a table's commit got no answer: look at the table before the next run"),
    NOTHING_TO_DO(10, "--exit-code: there was nothing to do"),
    INTERNAL(70, "internal error"),
    INTERRUPTED(130, "interrupted; nothing unfinished was published");

    private final int code;
    private final String meaning;

    ExitCode(int code, String meaning) {
        this.code = code;
        this.meaning = meaning;
    }

    /** The process's exit code. */
    public int code() {
        return code;
    }

    /** For the help. */
    String meaning() {
        return meaning;
    }

    /** The one mapping from failures; a test holds it against the sealed family. */
    static ExitCode of(GlulamException failure) {
        if (failure instanceof CorruptFile) {
            return BAD_FILE;
        }
        if (failure instanceof Unsupported) {
            return UNSUPPORTED;
        }
        if (failure instanceof SourceChanged) {
            return SOURCE_CHANGED;
        }
        if (failure instanceof StorageFailed storage) {
            return storage.kind() == StorageFailed.Kind.EXISTS ? USAGE : STORAGE_FAILED;
        }
        if (failure instanceof VerificationFailed) {
            return VERIFICATION_FAILED;
        }
        throw new IllegalStateException("no exit code for " + failure.getClass());
    }

    /** The outcome of both: the failure with the higher code, else {@code DONE}, else that there was nothing to do. */
    ExitCode and(ExitCode other) {
        if (isFailure() || other.isFailure()) {
            boolean mine = isFailure() && (!other.isFailure() || code > other.code);
            return mine ? this : other;
        }
        return this == NOTHING_TO_DO ? other : this;
    }

    private boolean isFailure() {
        return this != DONE && this != NOTHING_TO_DO;
    }
}
