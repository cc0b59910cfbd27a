/** The immutable plan of a compaction: printed, serialised, hashed, executed. May use {@code format}. */
@NullMarked
package io.glulam.plan;

import org.jspecify.annotations.NullMarked;
