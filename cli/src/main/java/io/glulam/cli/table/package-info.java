/**
 * Tells people and machines about tables: what {@code inspect}, {@code plan}, {@code compact} and {@code verify} say of
 * them.
 *
 * <p>Internal.
 */
@NullMarked
package io.glulam.cli.table;

import org.jspecify.annotations.NullMarked;
