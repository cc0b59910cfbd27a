/**
 * What TeaVM's compiler asks; nothing of it becomes part of the engine.
 *
 * <p>Internal: may change with any version.
 */
@NullMarked
package io.glulam.wasm.build;

import org.jspecify.annotations.NullMarked;
