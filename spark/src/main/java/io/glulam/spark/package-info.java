/**
 * Compaction on a cluster: actions by the interfaces of Iceberg's, and a catalog of procedures for SQL.
 *
 * <p>API: its names are stable.
 */
@NullMarked
package io.glulam.spark;

import org.jspecify.annotations.NullMarked;
