/**
 * Reads the new file as any reader would, before it is published, and compares it with the plan and the source.
 *
 * <p>Internal: may change with any version.
 */
@NullMarked
package io.glulam.verify;

import org.jspecify.annotations.NullMarked;
