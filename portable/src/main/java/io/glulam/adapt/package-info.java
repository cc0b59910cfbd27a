/**
 * Column chunks made so that a source fits the schema of an output: with other definition levels, of nulls, of a wider
 * type, or of values that a table gives. All other values are those of the source.
 *
 * <p>Internal: may change with any version.
 */
@NullMarked
package io.glulam.adapt;

import org.jspecify.annotations.NullMarked;
