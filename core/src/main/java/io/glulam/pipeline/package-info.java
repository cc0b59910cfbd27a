/** Workers make pieces, one writer writes them in order and reads them back. Knows neither plans nor pages. */
@NullMarked
package io.glulam.pipeline;

import org.jspecify.annotations.NullMarked;
