/**
 * Delta Kernel's engine over Glulam's stores and decoders: the log's JSON and Parquet files, listings, and the few expressions
 * that a replay of the log evaluates. Needs no Hadoop and no parquet-java.
 *
 * <p>Internal: its names may change in any release.
 */
@NullMarked
package io.glulam.tables.delta.engine;

import org.jspecify.annotations.NullMarked;
