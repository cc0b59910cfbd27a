package io.glulam.tables.delta.log;

import io.delta.kernel.commit.CommitFailedException;
import io.delta.kernel.exceptions.ConcurrentWriteException;
import io.delta.kernel.exceptions.InvalidTableException;
import io.delta.kernel.exceptions.KernelEngineException;
import io.delta.kernel.exceptions.KernelException;
import io.delta.kernel.exceptions.TableNotFoundException;
import io.glulam.error.CorruptFile;
import io.glulam.error.GlulamException;
import io.glulam.error.Place;
import io.glulam.error.StorageFailed;
import io.glulam.error.Unsupported;
import io.glulam.tables.delta.engine.LogStore;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The kernel's failures as Glulam's. */
final class KernelFailure {
    private KernelFailure() {}

    /** A request to the kernel. */
    interface Call<T> {
        /** Does it. */
        T run() throws IOException;
    }

    /** Another writer has committed the version. */
    static final class Conflict extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Conflict(Throwable cause) {
            super(cause);
        }
    }

    /** Runs a call, and throws its failures as Glulam's. */
    static <T> T translated(String table, Call<T> call) {
        try {
            return call.run();
        } catch (IOException | RuntimeException failure) {
            throw translation(table, failure);
        }
    }

    private static RuntimeException translation(String table, Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof GlulamException known) {
                return known;
            }
            if (cause instanceof LogStore.UnknownWrite unknown) {
                return unknown;
            }
            if (cause instanceof CommitFailedException commit && commit.isConflict()) {
                return new Conflict(failure);
            }
        }
        if (failure instanceof ConcurrentWriteException) {
            return new Conflict(failure);
        }
        Place place = Place.of(table);
        if (failure instanceof TableNotFoundException) {
            return new StorageFailed(
                    StorageFailed.Kind.MISSING,
                    place,
                    "no Delta table is there",
                    "name the folder that holds _delta_log");
        }
        if (failure instanceof InvalidTableException) {
            return new CorruptFile(place, text(failure), "the table's log has to be repaired first", failure);
        }
        if (failure instanceof KernelEngineException || failure instanceof IOException) {
            return new StorageFailed(place, "the table's log cannot be read: " + text(failure), null, false, failure);
        }
        if (failure instanceof KernelException) {
            return new Unsupported(place, text(failure), null, failure);
        }
        return new CorruptFile(place, "the table's log cannot be read: " + text(failure), null, failure);
    }

    private static String text(Throwable failure) {
        Throwable deepest = failure;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        @Nullable
        String message = failure instanceof KernelEngineException ? deepest.getMessage() : failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : message;
    }
}
