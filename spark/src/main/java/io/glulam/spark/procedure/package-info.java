/**
 * The procedures that {@code CALL} finds in {@link io.glulam.spark.GlulamCatalog}.
 *
 * <p>Internal.
 */
@NullMarked
package io.glulam.spark.procedure;

import org.jspecify.annotations.NullMarked;
