/** How far a run is: lines that are drawn over themselves for people, lines of JSON for machines. */
@NullMarked
package io.glulam.cli.progress;

import org.jspecify.annotations.NullMarked;
