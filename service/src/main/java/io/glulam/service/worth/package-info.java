/** The worth of a compaction: typical reads before and after, computed from layouts; pictures of them. Pure functions. */
@NullMarked
package io.glulam.service.worth;

import org.jspecify.annotations.NullMarked;
