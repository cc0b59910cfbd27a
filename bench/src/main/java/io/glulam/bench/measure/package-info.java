/** Processes measured from outside, and the numbers put together. Uses nothing else. */
@NullMarked
package io.glulam.bench.measure;

import org.jspecify.annotations.NullMarked;
