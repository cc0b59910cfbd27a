/** The fragmented files that are rewritten, made where they are missing. Uses {@code duckdb}. */
@NullMarked
package io.glulam.bench.input;

import org.jspecify.annotations.NullMarked;
