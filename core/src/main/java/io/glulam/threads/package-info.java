/**
 * Workers that are threads: pieces made by several of them, written in order by another one.
 *
 * <p>Internal: may change with any version.
 */
@NullMarked
package io.glulam.threads;

import org.jspecify.annotations.NullMarked;
