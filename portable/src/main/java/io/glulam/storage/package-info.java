/**
 * Where objects live: pinned reads, writers that publish atomically, and what a
 * store can do. May use {@code error} only.
 *
 * <p>API: its names are stable.
 */
@NullMarked
package io.glulam.storage;

import org.jspecify.annotations.NullMarked;
