/**
 * Files of this machine as objects: pinned reads, atomic publishing, backups, temporary files. May use {@code error} and
 * {@code storage} only.
 *
 * <p>API: its names are stable.
 */
@NullMarked
package io.glulam.local;

import org.jspecify.annotations.NullMarked;
