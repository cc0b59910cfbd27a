/** What a merge tells people and machines. */
@NullMarked
package io.glulam.cli.merge;

import org.jspecify.annotations.NullMarked;
