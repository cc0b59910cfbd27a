/**
 * The specification's compression codecs over heap arrays, one instance per worker. Libraries are loaded by the first
 * page that needs them. May use {@code format} and {@code error}.
 *
 * <p>Internal: may change with any version.
 */
@NullMarked
package io.glulam.page.codec;

import org.jspecify.annotations.NullMarked;
