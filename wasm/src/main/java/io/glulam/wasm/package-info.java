/**
 * The engine for hosts of WebAssembly: plans and compactions of an object that the host reads, onto one that it writes. The
 * host's side is {@code glulam.js}.
 *
 * <p>Internal: may change with any version.
 */
@NullMarked
package io.glulam.wasm;

import org.jspecify.annotations.NullMarked;
