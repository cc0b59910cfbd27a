/**
 * What both formats need for a plan: filters of partitions, and the files that are left.
 *
 * <p>Internal: only formats use it.
 */
@NullMarked
package io.glulam.tables.planning;

import org.jspecify.annotations.NullMarked;
