/**
 * Keeps the state of a folder of outputs: the manifest of what is in it, the lease of the run that writes to it, and
 * what a run may conclude from both.
 *
 * <p>Internal: may change with any version.
 */
@NullMarked
package io.glulam.manifest;

import org.jspecify.annotations.NullMarked;
