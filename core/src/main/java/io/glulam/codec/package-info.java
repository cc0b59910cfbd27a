/**
 * The compression codecs of the JVM, by native libraries. May use {@code error}, {@code format} and {@code page} only.
 *
 * <p>Internal: may change with any version.
 */
@NullMarked
package io.glulam.codec;

import org.jspecify.annotations.NullMarked;
