/**
 * Carries out a plan: writing outputs by core's merge, their statistics, the commit, and the comparison of versions.
 *
 * <p>Internal.
 */
@NullMarked
package io.glulam.tables.delta.rewrite;

import org.jspecify.annotations.NullMarked;
