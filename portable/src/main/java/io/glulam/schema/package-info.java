/**
 * Schemas of several files made into one, and how each column of a file fits into it.
 *
 * <p>Internal: may change with any version.
 */
@NullMarked
package io.glulam.schema;

import org.jspecify.annotations.NullMarked;
