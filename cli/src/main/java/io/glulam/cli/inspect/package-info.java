/** What {@code glulam inspect} knows of a file, and how it is told to people and machines. May use {@code text}. */
@NullMarked
package io.glulam.cli.inspect;

import org.jspecify.annotations.NullMarked;
