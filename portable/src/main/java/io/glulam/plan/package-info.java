/**
 * The immutable plan of a compaction: printed, serialised, hashed, executed. May use {@code format}.
 *
 * <p>API: its names are stable.
 */
@NullMarked
package io.glulam.plan;

import org.jspecify.annotations.NullMarked;
