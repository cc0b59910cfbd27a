package io.glulam.service.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.glulam.service.json.Json;
import io.glulam.service.workflow.DirectCompactions;
import io.glulam.service.workflow.DirectCompactions.State;
import io.glulam.service.workflow.DirectCompactions.Wish;

/** The handler for callers that have a workflow of their own; {@code openapi.yaml} says what it promises. */
final class DirectApi {
    private final DirectCompactions compactions;

    DirectApi(DirectCompactions compactions) {
        this.compactions = compactions;
    }

    /** POST /compactions. */
    Response ask(Request request) {
        Wish wish = Wish.read(request.body());
        if (!request.access().allows(wish.key()) || !request.access().allows(wish.target())) {
            throw new ApiError(403, "Forbidden", "this token is for other keys");
        }
        State state = compactions.ask(wish);
        if (state instanceof State.Failed failed) {
            throw rethrown(failed.cause());
        }
        if (state instanceof State.Conflict) {
            throw new ApiError(409, "Conflict", "this idempotencyKey stands for another request");
        }
        if (state instanceof State.Busy) {
            throw new ApiError(503, "Busy", "another object is being compacted", null, "try again in a moment");
        }
        ObjectNode json = Json.object();
        if (state instanceof State.Complete complete) {
            json.put("status", "complete");
            json.set("output", complete.output());
            return Response.json(200, json);
        }
        json.put("status", "running");
        json.set("progress", ((State.Running) state).progress());
        return Response.json(202, json);
    }

    private static RuntimeException rethrown(Throwable cause) {
        if (cause instanceof Error error) {
            throw error;
        }
        return (RuntimeException) cause;
    }
}
