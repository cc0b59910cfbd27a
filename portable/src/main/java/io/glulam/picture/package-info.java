/**
 * What pictures of a file show, bounded however long the file is: its column chunks as a matrix, the pages of one chunk; and both
 * as JSON. Uses {@code source} and {@code footer}.
 *
 * <p>Internal: may change with any version.
 */
@NullMarked
package io.glulam.picture;

import org.jspecify.annotations.NullMarked;
