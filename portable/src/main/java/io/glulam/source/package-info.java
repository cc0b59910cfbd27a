/**
 * A pinned source: its bytes, its footer, its writer's trust, its column chunks.
 *
 * <p>Internal: may change with any version.
 */
@NullMarked
package io.glulam.source;

import org.jspecify.annotations.NullMarked;
