/**
 * Pieces of the output, made by workers, written in order and read back; how the work is divided. Knows no plans.
 *
 * <p>Internal: may change with any version.
 */
@NullMarked
package io.glulam.pipeline;

import org.jspecify.annotations.NullMarked;
