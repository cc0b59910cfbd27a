/**
 * Proves that tests guard the fixes: each mutation takes one fix out, and a test must fail. Uses the other modules only
 * as sources and class files.
 */
@NullMarked
package io.glulam.gate;

import org.jspecify.annotations.NullMarked;
