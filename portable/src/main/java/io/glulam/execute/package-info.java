/**
 * Carries out a plan: moves, splices and recodes column chunks in the order of the output, and writes the tail.
 *
 * <p>Internal: may change with any version.
 */
@NullMarked
package io.glulam.execute;

import org.jspecify.annotations.NullMarked;
