/**
 * The way in: {@code Compactor}, its jobs, options, plan and report.
 *
 * <p>API: its names are stable.
 */
@NullMarked
package io.glulam;

import org.jspecify.annotations.NullMarked;
