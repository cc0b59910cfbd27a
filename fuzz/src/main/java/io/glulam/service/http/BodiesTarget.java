package io.glulam.service.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.glulam.fuzz.Draws;
import io.glulam.fuzz.Mismatch;
import io.glulam.service.callback.CallbackRules;
import io.glulam.service.json.Json;
import io.glulam.service.request.CompactionRequest;
import io.glulam.service.request.InvalidField;
import io.glulam.service.request.PublishMode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;

/** Bodies and paths of requests: read, or refused with what is answered for it. */
public final class BodiesTarget {
    private static final Router ROUTER = new Router()
            .add("GET", "/status/{id}", Router.Kind.OPEN, request -> Router.HANDLED)
            .add("POST", "/compact", Router.Kind.WRITE, request -> Router.HANDLED)
            .add("GET", "/datasets/{id}/{key}", Router.Kind.READ, request -> Router.HANDLED);

    private static final CompactionRequest.Defaults DEFAULTS =
            new CompactionRequest.Defaults(PublishMode.IN_PLACE, Duration.ZERO, CallbackRules.NONE);

    private BodiesTarget() {}

    /** For Jazzer. */
    public static void fuzzerTestOneInput(byte[] input) {
        Draws draws = new Draws(input);
        if (draws.nextInt(4) == 0) {
            path(new String(draws.rest(), StandardCharsets.ISO_8859_1));
        } else {
            body(draws.rest());
        }
    }

    private static void path(String path) {
        try {
            ROUTER.match("GET", path).parameters().values().forEach(Objects::requireNonNull);
        } catch (ApiError refused) {
            return;
        }
    }

    private static void body(byte[] bytes) {
        JsonNode json;
        try {
            json = Json.read(bytes);
        } catch (IOException refused) {
            return;
        }
        try {
            CompactionRequest request = CompactionRequest.read(json, DEFAULTS);
            if (!request.equals(CompactionRequest.read(Json.read(bytes), DEFAULTS))) {
                throw new Mismatch("another request when read again");
            }
        } catch (InvalidField refused) {
            return;
        } catch (IOException e) {
            throw new Mismatch("read once, but not twice: " + e);
        }
    }
}
