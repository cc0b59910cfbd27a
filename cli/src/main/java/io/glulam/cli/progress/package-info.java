/** How far a run is: a line that is drawn over itself for people, lines of JSON for machines. */
@NullMarked
package io.glulam.cli.progress;

import org.jspecify.annotations.NullMarked;
