/**
 * The budget that every large buffer is taken from; many texts in little memory. Uses nothing.
 *
 * <p>Internal: may change with any version.
 */
@NullMarked
package io.glulam.memory;

import org.jspecify.annotations.NullMarked;
