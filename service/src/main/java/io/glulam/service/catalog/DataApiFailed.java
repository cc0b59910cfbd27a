package io.glulam.service.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A Data API has refused a request, or cannot be reached. */
final class DataApiFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int MAX_CHARACTERS = 300;

    private final int status;
    private final String code;
    private final boolean retryable;
    private final long pauseMillis;

    private DataApiFailed(
            String problem, int status, String code, boolean retryable, long pauseMillis, @Nullable Throwable cause) {
        super(problem, cause);
        this.status = status;
        this.code = code;
        this.retryable = retryable;
        this.pauseMillis = pauseMillis;
    }

    /**
     * By an answer.
     *
     * @param error its body: {@code code}, {@code message}, {@code details}, {@code hint}
     * @param hidden takes secrets out of a text
     */
    static DataApiFailed refused(
            int status, JsonNode error, boolean retryable, long pauseMillis, UnaryOperator<String> hidden) {
        String message = error.path("message").asText("");
        String hint = error.path("hint").asText("");
        String text = status + (message.isEmpty() ? "" : " " + message) + (hint.isEmpty() ? "" : " (" + hint + ")");
        String line = hidden.apply(text).replaceAll("\\s+", " ");
        return new DataApiFailed(
                line.length() > MAX_CHARACTERS ? line.substring(0, MAX_CHARACTERS) + "…" : line,
                status,
                error.path("code").asText(""),
                retryable,
                pauseMillis,
                null);
    }

    /** Without an answer that can be read. */
    static DataApiFailed unreachable(String problem, Throwable cause) {
        return new DataApiFailed(problem, 0, "", true, 0, cause);
    }

    /** HTTP's; 0 if there was no answer. */
    int status() {
        return status;
    }

    /** PostgREST's or Postgres's; empty if none was named. */
    String code() {
        return code;
    }

    boolean retryable() {
        return retryable;
    }

    /** Returns the delay that the server asked for; 0 if it asked for none. */
    long pauseMillis() {
        return pauseMillis;
    }

    /** Whether a value was refused because no row could ever hold it: an id that is no UUID, say. */
    boolean isNoSuchValue() {
        return code.equals("22P02") || code.equals("22003") || code.equals("22007");
    }

    /** Whether a row of that id was there already. */
    boolean isDuplicate() {
        return code.equals("23505");
    }

    /** Returns the remedy. */
    String remedy() {
        return switch (status) {
            case 0 -> "check the URL, and that it can be reached from here";
            case 401, 403 ->
                "check --catalog-key: a secret key (sb_secret_…) or service_role, and what its role may do";
            case 404 ->
                code.isEmpty()
                        ? "check the URL: nothing answers there under /rest/v1"
                        : "check --catalog-table, and that its schema is exposed to the Data API";
            case 406 -> "expose the schema to the Data API, or name another one in --catalog-table";
            case 400 -> "check the names and types of the columns (--column-…)";
            case 301, 302, 303, 307, 308 -> "check the URL: it leads elsewhere, which is not followed with a key";
            default -> retryable ? "try again later" : "check the Data API's logs";
        };
    }
}
