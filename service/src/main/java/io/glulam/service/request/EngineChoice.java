package io.glulam.service.request;

/** Which engine a request wants. A server without that engine refuses the request; {@code GET /capabilities} lists engines. */
public enum EngineChoice {
    /** The one that the server has. */
    AUTO,
    /** The isolate of a Worker. */
    WASM,
    /** This server: a Worker hands it what its isolate cannot hold. */
    CONTAINER
}
