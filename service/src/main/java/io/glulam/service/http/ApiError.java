package io.glulam.service.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.glulam.service.json.Json;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A request that is answered by an error. */
final class ApiError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String name;
    private final @Nullable String field;
    private final @Nullable String remedy;
    private final String allowed;

    ApiError(int status, String name, String message) {
        this(status, name, message, null, null);
    }

    /**
     * @param status of HTTP
     * @param name for machines
     * @param message for people
     * @param field of the request that is wrong; null for none
     * @param remedy what to do; null for nothing
     */
    ApiError(int status, String name, String message, @Nullable String field, @Nullable String remedy) {
        this(status, name, message, field, remedy, Set.of());
    }

    private ApiError(
            int status,
            String name,
            String message,
            @Nullable String field,
            @Nullable String remedy,
            Set<String> allowed) {
        super(message, null, false, false);
        this.status = status;
        this.name = name;
        this.field = field;
        this.remedy = remedy;
        this.allowed = String.join(", ", allowed);
    }

    /** @param allowed methods of what is there */
    static ApiError methodNotAllowed(Set<String> allowed) {
        return new ApiError(405, "MethodNotAllowed", "this takes " + String.join(", ", allowed), null, null, allowed);
    }

    static ApiError notFound(String what) {
        return new ApiError(404, "NotFound", what);
    }

    /** For what only servers of another kind have. */
    static ApiError notSupported(String capability) {
        return new ApiError(
                501, "NotSupported", "this server lacks " + capability, null, "GET /capabilities tells what it has");
    }

    Response response() {
        ObjectNode json = Json.object();
        ObjectNode error = json.putObject("error");
        error.put("name", name);
        error.put("message", getMessage());
        if (field != null) {
            error.put("field", field);
        }
        if (remedy != null) {
            error.put("remedy", remedy);
        }
        Response response = Response.json(status, json);
        if (!allowed.isEmpty()) {
            return response.with("Allow", allowed);
        }
        return status == 401 ? response.with("WWW-Authenticate", "Bearer") : response;
    }
}
