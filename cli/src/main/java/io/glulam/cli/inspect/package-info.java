/** The output of {@code glulam inspect}, for people and machines. May use {@code text}. */
@NullMarked
package io.glulam.cli.inspect;

import org.jspecify.annotations.NullMarked;
