/**
 * Named daemon threads, and the results of what they do. May use {@code error} only.
 *
 * <p>Internal: may change with any version.
 */
@NullMarked
package io.glulam.concurrent;

import org.jspecify.annotations.NullMarked;
