/** The output of {@code glulam merge}, for people and machines. */
@NullMarked
package io.glulam.cli.merge;

import org.jspecify.annotations.NullMarked;
