/** What a merge takes and where it puts it: inputs scanned, checked against each other and packed into outputs. */
@NullMarked
package io.glulam.merge;

import org.jspecify.annotations.NullMarked;
