/**
 * The contents of pictures of a file, bounded however long the file is: its column chunks as a matrix, the pages of one chunk; and both
 * as JSON. May use {@code source} and below.
 *
 * <p>Internal: may change with any version.
 */
@NullMarked
package io.glulam.picture;

import org.jspecify.annotations.NullMarked;
