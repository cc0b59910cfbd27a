package io.glulam.bench.reading;

import java.nio.file.Path;

/**
 * A file whose reading is measured.
 *
 * @param name of the contender that wrote it
 * @param file where it lies
 * @param rival the name of the contender whose output it is compared with; its own name if it is one
 */
record Rewritten(String name, Path file, String rival) {}
