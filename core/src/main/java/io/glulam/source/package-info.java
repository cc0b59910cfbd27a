/** A pinned source: its bytes, its footer, its writer's trust, its column chunks. */
@NullMarked
package io.glulam.source;

import org.jspecify.annotations.NullMarked;
