/** How well the rewritten files read. Uses {@code rewrite} and below. */
@NullMarked
package io.glulam.bench.reading;

import org.jspecify.annotations.NullMarked;
