/** How a compaction is watched and reported, for people and machines. May use {@code text} and {@code inspect}. */
@NullMarked
package io.glulam.cli.compact;

import org.jspecify.annotations.NullMarked;
