/**
 * Many texts in little memory. Uses nothing.
 *
 * <p>Internal: may change with any version.
 */
@NullMarked
package io.glulam.memory;

import org.jspecify.annotations.NullMarked;
