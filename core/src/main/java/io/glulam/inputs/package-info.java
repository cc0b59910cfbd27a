/**
 * Which files a merge takes: arguments, folders, prefixes, patterns and lists, in order. May use
 * {@code error}, {@code memory}, {@code storage} and {@code local} only.
 *
 * <p>API: its names are stable.
 */
@NullMarked
package io.glulam.inputs;

import org.jspecify.annotations.NullMarked;
