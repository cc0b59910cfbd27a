/**
 * Moves encoded bytes: Join, Remap, Coalesce. May use {@code source}, {@code plan} and below.
 *
 * <p>Internal: may change with any version.
 */
@NullMarked
package io.glulam.splice;

import org.jspecify.annotations.NullMarked;
