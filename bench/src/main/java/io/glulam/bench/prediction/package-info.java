/** What {@code glulam plan} predicts beside what {@code glulam compact} writes. Uses {@code rewrite} and below. */
@NullMarked
package io.glulam.bench.prediction;

import org.jspecify.annotations.NullMarked;
