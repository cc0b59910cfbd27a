/**
 * Data files of a Delta table as its log and their footers tell of them: places, statistics, physical forms, key columns.
 *
 * <p>Internal.
 */
@NullMarked
package io.glulam.tables.delta.files;

import org.jspecify.annotations.NullMarked;
