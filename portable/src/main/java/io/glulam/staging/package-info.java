/**
 * Which ranges of a remote source a plan takes, and what a run will ask of a store.
 *
 * <p>Internal: may change with any version.
 */
@NullMarked
package io.glulam.staging;

import org.jspecify.annotations.NullMarked;
