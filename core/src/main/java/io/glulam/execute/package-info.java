/** Carries out a plan: staging, windows, ordered writing, verification. May use everything but the facade. */
@NullMarked
package io.glulam.execute;

import org.jspecify.annotations.NullMarked;
