/**
 * Reads footers in place and writes new ones: relocation of kept row groups, entries of merged ones. May use
 * {@code format} and {@code storage} (to read the tail).
 *
 * <p>Internal: may change with any version.
 */
@NullMarked
package io.glulam.footer;

import org.jspecify.annotations.NullMarked;
