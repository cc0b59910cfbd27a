package io.glulam.service.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.glulam.error.CorruptFile;
import io.glulam.error.GlulamException;
import io.glulam.error.SourceChanged;
import io.glulam.error.StorageFailed;
import io.glulam.error.Unsupported;
import io.glulam.error.VerificationFailed;
import io.glulam.service.bucket.InvalidKey;
import io.glulam.service.catalog.CatalogFailed;
import io.glulam.service.database.DatabaseFailed;
import io.glulam.service.json.Json;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The failure of a step, and whether a retry may help. {@link #of} is the one mapping from exceptions.
 *
 * @param name for machines
 * @param message what is wrong and where, for people
 * @param remedy what to do about it; null for nothing
 * @param retryable whether the same step may succeed later
 * @param refusal whether this version of the object is refused for good
 */
public record Failure(String name, String message, @Nullable String remedy, boolean retryable, boolean refusal) {
    /** The name of a fault of the server itself. */
    static final String INTERNAL = "InternalError";

    /** Returns the failure that {@code cause} means. */
    public static Failure of(Throwable cause) {
        if (cause instanceof GlulamException failure) {
            return of(failure);
        }
        if (cause instanceof StepFailed failure) {
            return new Failure(failure.name(), message(failure), failure.remedy(), failure.isRetryable(), false);
        }
        if (cause instanceof CatalogFailed failure) {
            return new Failure("CatalogFailed", message(failure), failure.remedy(), failure.retryable(), false);
        }
        if (cause instanceof DatabaseFailed failure) {
            return new Failure("DatabaseFailed", message(failure), "check the database", true, false);
        }
        if (cause instanceof InvalidKey failure) {
            return new Failure("InvalidKey", message(failure), "name an object inside the bucket", false, false);
        }
        if (cause instanceof OutOfMemoryError) {
            return new Failure(
                    "OutOfMemory",
                    "the object needs more memory",
                    "start the server with --memory 512MiB",
                    false,
                    true);
        }
        return new Failure(
                INTERNAL, "internal error: " + cause.getClass().getSimpleName(), "please report it", true, false);
    }

    /** Whether it is a fault of the server itself. */
    boolean isInternal() {
        return name.equals(INTERNAL);
    }

    /** The same in other words. */
    Failure inWords(UnaryOperator<String> words) {
        return new Failure(name, words.apply(message), remedy == null ? null : words.apply(remedy), retryable, refusal);
    }

    private static Failure of(GlulamException failure) {
        String place = failure.place().toString();
        String message = (place.isEmpty() ? "" : place + ": ") + failure.problem();
        String name = failure.getClass().getSimpleName();
        if (failure instanceof CorruptFile || failure instanceof Unsupported) {
            return new Failure(name, message, failure.remedy(), false, true);
        }
        if (failure instanceof SourceChanged) {
            return new Failure(name, message, failure.remedy(), true, false);
        }
        if (failure instanceof StorageFailed storage) {
            return new Failure(name, message, failure.remedy(), storage.retryable(), false);
        }
        if (failure instanceof VerificationFailed) {
            return new Failure(name, message, failure.remedy(), false, true);
        }
        throw new IllegalStateException("no mapping for " + failure.getClass());
    }

    private static String message(Throwable failure) {
        return String.valueOf(failure.getMessage());
    }

    /** As {@code /status} shows it. */
    public JsonNode toJson() {
        ObjectNode json = Json.object();
        json.put("name", name);
        json.put("message", message);
        json.put("remedy", remedy);
        return json;
    }
}
