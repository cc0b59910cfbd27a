/** Statistics, column and offset indexes, size statistics and bloom filters of merged chunks. May use {@code format}. */
@NullMarked
package io.glulam.statistics;

import org.jspecify.annotations.NullMarked;
