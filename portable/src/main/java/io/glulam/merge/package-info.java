/**
 * Inputs of a merge scanned, checked against each other and packed into outputs.
 *
 * <p>Internal: may change with any version.
 */
@NullMarked
package io.glulam.merge;

import org.jspecify.annotations.NullMarked;
