/**
 * Ranges of a remote source, and inputs of a merge, fetched once into a spool, several at once.
 *
 * <p>Internal: may change with any version.
 */
@NullMarked
package io.glulam.fetch;

import org.jspecify.annotations.NullMarked;
