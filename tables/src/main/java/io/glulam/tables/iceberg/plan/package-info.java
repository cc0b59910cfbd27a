/**
 * Plans the compaction of an Iceberg table: options, the filter, and which files of its manifests become which outputs.
 *
 * <p>Internal.
 */
@NullMarked
package io.glulam.tables.iceberg.plan;

import org.jspecify.annotations.NullMarked;
