/**
 * Delta Lake: reads a table's state from its log, merges its files and commits them by Delta's own rules.
 *
 * <p>Internal: only {@code DeltaTables} is meant for other modules.
 */
@NullMarked
package io.glulam.tables.delta;

import org.jspecify.annotations.NullMarked;
