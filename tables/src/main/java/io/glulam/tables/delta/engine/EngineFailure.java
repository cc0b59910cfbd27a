package io.glulam.tables.delta.engine;

import io.delta.kernel.exceptions.KernelEngineException;
import java.io.IOException;

/** Failures in the form that the kernel recognizes. */
final class EngineFailure {
    private EngineFailure() {}

    /** Returns a failure whose cause the kernel looks at: a missing file is an answer to it. */
    static KernelEngineException of(IOException cause) {
        return new KernelEngineException("reading the log", cause);
    }
}
