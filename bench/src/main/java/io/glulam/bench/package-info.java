/**
 * Figures against others: whole processes and readers, side by side, as the Markdown that the documentation shows. Uses
 * nothing of the other modules but the command.
 */
@NullMarked
package io.glulam.bench;

import org.jspecify.annotations.NullMarked;
