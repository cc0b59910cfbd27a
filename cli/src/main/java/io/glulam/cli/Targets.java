package io.glulam.cli;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the inputs go.
 *
 * @param byFile the output of each input; none where it is replaced
 */
record Targets(Map<Path, Path> byFile) {
    Targets {
        byFile = Map.copyOf(byFile);
    }

    /** The new file; null to replace {@code file}. */
    @Nullable
    Path of(Path file) {
        return byFile.get(file);
    }
}
