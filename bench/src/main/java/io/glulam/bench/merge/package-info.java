/** Many files that become one, in turns, and objects of a slow store. Uses {@code rewrite}, {@code measure} and {@code duckdb}. */
@NullMarked
package io.glulam.bench.merge;

import org.jspecify.annotations.NullMarked;
