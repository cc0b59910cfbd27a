/**
 * Makes a plan from a source's footer, surveys and samples. Uses {@code policy} for every decision.
 *
 * <p>Internal: may change with any version.
 */
@NullMarked
package io.glulam.planning;

import org.jspecify.annotations.NullMarked;
