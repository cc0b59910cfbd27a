/** Figures against others: whole processes, side by side. Uses nothing of the other modules but the command. */
@NullMarked
package io.glulam.bench;

import org.jspecify.annotations.NullMarked;
