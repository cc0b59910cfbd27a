/** What the benchmark asks of DuckDB. Used by all others. */
@NullMarked
package io.glulam.bench.duckdb;

import org.jspecify.annotations.NullMarked;
