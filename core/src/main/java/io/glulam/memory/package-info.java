/** The budget that every large buffer is taken from. Uses nothing. */
@NullMarked
package io.glulam.memory;

import org.jspecify.annotations.NullMarked;
