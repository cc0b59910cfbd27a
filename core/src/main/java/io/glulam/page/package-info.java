/** Pages: headers, levels, index streams, codecs. Knows nothing of files. May use {@code format}. */
@NullMarked
package io.glulam.page;

import org.jspecify.annotations.NullMarked;
