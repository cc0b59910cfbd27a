/**
 * Pages: headers, levels, index streams, codecs. Knows nothing of files. May use {@code format}.
 *
 * <p>Internal: may change with any version.
 */
@NullMarked
package io.glulam.page;

import org.jspecify.annotations.NullMarked;
