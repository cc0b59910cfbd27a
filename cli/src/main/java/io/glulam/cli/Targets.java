package io.glulam.cli;

import io.glulam.storage.ObjectRef;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the inputs go.
 *
 * @param byFile the output of each input; none where it is replaced
 */
record Targets(Map<String, ObjectRef> byFile) {
    Targets {
        byFile = Map.copyOf(byFile);
    }

    /** The new file; null to replace {@code file}. */
    @Nullable
    ObjectRef of(String file) {
        return byFile.get(file);
    }
}
