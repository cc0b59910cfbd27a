/**
 * Several Parquet files presented as one: their bytes one after the other, then a made tail with one footer. What the
 * files must agree on for that, and the readers that keep few of them open.
 *
 * <p>Internal: may change with any version.
 */
@NullMarked
package io.glulam.join;

import org.jspecify.annotations.NullMarked;
