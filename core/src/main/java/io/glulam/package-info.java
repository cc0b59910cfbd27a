/** The way in: {@code Compactor}, its options, plan and report. */
@NullMarked
package io.glulam;

import org.jspecify.annotations.NullMarked;
