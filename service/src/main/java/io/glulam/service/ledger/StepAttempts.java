package io.glulam.service.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.glulam.service.json.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The attempts at a step.
 *
 * @param all of them, the oldest first; of very many, the newest
 */
public record StepAttempts(List<Attempt> all) {
    /** The name of an attempt's error, if its server died or stopped in the middle of it. */
    public static final String SERVER_STOPPED = "ServerStopped";

    private static final int MAX_ATTEMPTS = 300;
    private static final String START = "start";
    private static final String END = "end";
    private static final String SUCCESS = "success";
    private static final String ERROR = "error";

    public StepAttempts {
        all = List.copyOf(all);
    }

    /**
     * One attempt.
     *
     * @param start as ISO 8601
     * @param end as ISO 8601; null while it is under way, or if its server died
     * @param success whether the step has its result
     * @param error name, message and remedy; null unless it failed
     */
    public record Attempt(
            String start,
            @Nullable String end,
            boolean success,
            @Nullable JsonNode error) {
        private boolean hasLostItsServer() {
            return error != null && error.path("name").asText().equals(SERVER_STOPPED);
        }
    }

    static StepAttempts read(JsonNode json) {
        List<Attempt> all = new ArrayList<>();
        for (JsonNode attempt : json) {
            JsonNode error = attempt.path(ERROR);
            all.add(new Attempt(
                    Json.requireText(attempt, START),
                    attempt.path(END).textValue(),
                    attempt.path(SUCCESS).booleanValue(),
                    error.isObject() ? error : null));
        }
        return new StepAttempts(all);
    }

    /** Returns the attempts as the API and the ledger write them. */
    public ArrayNode toJson() {
        ArrayNode array = Json.array();
        for (Attempt attempt : all) {
            ObjectNode json = array.addObject();
            json.put(START, attempt.start());
            json.put(END, attempt.end());
            json.put(SUCCESS, attempt.success());
            json.set(ERROR, attempt.error() == null ? json.nullNode() : attempt.error());
        }
        return array;
    }

    /** Returns the number of attempts that failed by themselves. */
    public int failures() {
        return all.size() - deaths();
    }

    /** Returns the number of attempts whose server died or stopped. */
    public int deaths() {
        return (int) all.stream().filter(Attempt::hasLostItsServer).count();
    }

    /** Returns these attempts with an end for those that dead servers have left open. */
    StepAttempts closed(Instant now) {
        ObjectNode error = Json.object().put("name", SERVER_STOPPED).put("message", "the server stopped");
        return new StepAttempts(all.stream()
                .map(attempt -> attempt.end() == null
                        ? new Attempt(attempt.start(), Json.time(now), attempt.success(), error)
                        : attempt)
                .toList());
    }

    /** Returns these attempts with one that begins now, without the oldest if there are very many. */
    StepAttempts begun(Instant now) {
        List<Attempt> more = new ArrayList<>(all);
        more.add(new Attempt(String.valueOf(Json.time(now)), null, false, null));
        return new StepAttempts(more.subList(Math.max(0, more.size() - MAX_ATTEMPTS), more.size()));
    }

    /**
     * Returns these attempts with an end for the last one.
     *
     * @param error null if it has succeeded
     */
    StepAttempts ended(Instant now, @Nullable JsonNode error) {
        List<Attempt> ended = new ArrayList<>(all);
        Attempt last = ended.remove(ended.size() - 1);
        ended.add(new Attempt(last.start(), Json.time(now), error == null, error));
        return new StepAttempts(ended);
    }
}
