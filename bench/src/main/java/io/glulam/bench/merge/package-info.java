/**
 * Many files that become one, in turns, and objects of a slow store. Uses {@code input}, {@code measure} and {@code duckdb}.
 */
@NullMarked
package io.glulam.bench.merge;

import org.jspecify.annotations.NullMarked;
