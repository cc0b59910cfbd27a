/**
 * The sealed family of failures, each with place and remedy. Uses nothing.
 *
 * <p>API: its names are stable.
 */
@NullMarked
package io.glulam.error;

import org.jspecify.annotations.NullMarked;
