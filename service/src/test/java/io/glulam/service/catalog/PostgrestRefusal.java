package io.glulam.service.catalog;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.glulam.service.json.Json;
import java.util.Locale;

/** An error as PostgREST and the gateway put it. */
final class PostgrestRefusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;
    private final String hint;

    PostgrestRefusal(int status, String code, String message, String hint) {
        super(message);
        this.status = status;
        this.code = code;
        this.hint = hint;
    }

    PostgrestAnswer answer() {
        ObjectNode json = Json.object();
        if (code != null) {
            json.put("code", code.toUpperCase(Locale.ROOT)).putNull("details");
        }
        return new PostgrestAnswer(status, Json.text(json.put("hint", hint).put("message", getMessage())));
    }
}
