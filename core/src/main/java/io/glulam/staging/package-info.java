/**
 * Which ranges of a remote source a plan takes, fetched once in few requests; what a run will ask of a store.
 *
 * <p>Internal: may change with any version.
 */
@NullMarked
package io.glulam.staging;

import org.jspecify.annotations.NullMarked;
