/**
 * The parts of a plan that both formats need: filters of partitions, footers read ahead, and the files that are left.
 *
 * <p>Internal: only formats use it.
 */
@NullMarked
package io.glulam.tables.planning;

import org.jspecify.annotations.NullMarked;
