/**
 * The form that a table asks of an output: its schema, and the columns that are made for each input.
 *
 * <p>API: its names are stable.
 */
@NullMarked
package io.glulam.shape;

import org.jspecify.annotations.NullMarked;
