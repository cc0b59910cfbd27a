/**
 * The log of a Delta table: its newest version, its active files, and new commits. Delta Kernel does the work, and none of its
 * types is seen outside of this package.
 *
 * <p>Internal: its names may change in any release.
 */
@NullMarked
package io.glulam.tables.delta.log;

import org.jspecify.annotations.NullMarked;
