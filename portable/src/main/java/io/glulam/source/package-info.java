/**
 * A pinned source: its bytes, its footer, the trust in its writers, its column chunks, and the fragments that are merged. May
 * use {@code page}, {@code footer} and below.
 *
 * <p>Internal: may change with any version.
 */
@NullMarked
package io.glulam.source;

import org.jspecify.annotations.NullMarked;
