/**
 * Carries out a plan: the form of outputs, their metrics, writing them by core's merge, and the commit.
 *
 * <p>Internal.
 */
@NullMarked
package io.glulam.tables.iceberg.rewrite;

import org.jspecify.annotations.NullMarked;
