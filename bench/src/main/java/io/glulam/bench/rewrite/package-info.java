/** Contenders that rewrite a file, in turns. Uses {@code input}, {@code measure} and {@code duckdb}. */
@NullMarked
package io.glulam.bench.rewrite;

import org.jspecify.annotations.NullMarked;
