/**
 * Workers make pieces, one writer writes them in order and reads them back. Knows neither plans nor pages.
 *
 * <p>Internal: may change with any version.
 */
@NullMarked
package io.glulam.pipeline;

import org.jspecify.annotations.NullMarked;
