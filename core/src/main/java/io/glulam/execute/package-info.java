/** Carries out a plan: moves, splices and recodes column chunks in the order of the output, and writes the tail. */
@NullMarked
package io.glulam.execute;

import org.jspecify.annotations.NullMarked;
