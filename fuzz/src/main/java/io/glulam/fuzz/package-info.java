/**
 * Targets for coverage-guided fuzzing with Jazzer, random compactions, and what both hold an output against. Each target is
 * a class with {@code fuzzerTestOneInput(byte[])}; {@code Targets} lists them.
 */
@NullMarked
package io.glulam.fuzz;

import org.jspecify.annotations.NullMarked;
