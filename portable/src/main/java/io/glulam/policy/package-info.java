/**
 * Which row groups to merge and how far to go: pure functions from footers and samples to plans. May use {@code plan} and {@code format}.
 *
 * <p>Internal: may change with any version.
 */
@NullMarked
package io.glulam.policy;

import org.jspecify.annotations.NullMarked;
