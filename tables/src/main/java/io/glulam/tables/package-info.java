/**
 * Tables of Parquet files: addresses, and what a table format does for inspect, plan, compact and verify.
 *
 * <p>API: its names are stable.
 */
@NullMarked
package io.glulam.tables;

import org.jspecify.annotations.NullMarked;
