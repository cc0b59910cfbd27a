/**
 * Column chunks made of a source's, so that they fit the schema of an output: with other definition levels, of nulls, or
 * of a wider type. Their values are those of the source.
 *
 * <p>Internal: may change with any version.
 */
@NullMarked
package io.glulam.adapt;

import org.jspecify.annotations.NullMarked;
