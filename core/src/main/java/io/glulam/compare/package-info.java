/**
 * Tells whether two files hold the same: schema, key-value metadata, and every row level by level and bit by bit,
 * whatever their row groups, pages, encodings and codecs. May use {@code decode}, {@code footer} and below.
 *
 * <p>Internal: may change with any version.
 */
@NullMarked
package io.glulam.compare;

import org.jspecify.annotations.NullMarked;
