/**
 * Statistics, column and offset indexes, size statistics, bloom filters and sorting columns of merged chunks, and what a
 * writer can be trusted with: true of the whole, or absent. Works on bytes in memory. May use {@code format} and
 * {@code error}.
 *
 * <p>Internal: may change with any version.
 */
@NullMarked
package io.glulam.statistics;

import org.jspecify.annotations.NullMarked;
