/**
 * Plans the compaction of a Delta table: options, the filter, and which files of a version become which outputs, in which
 * order.
 *
 * <p>Internal.
 */
@NullMarked
package io.glulam.tables.delta.plan;

import org.jspecify.annotations.NullMarked;
