/**
 * Figures against others: whole processes and readers, side by side, as the Markdown that the documentation shows. Of the other
 * modules it uses the command and the helpers of {@code testkit}.
 */
@NullMarked
package io.glulam.bench;

import org.jspecify.annotations.NullMarked;
