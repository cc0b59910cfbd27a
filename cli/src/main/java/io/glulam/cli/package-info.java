/** The command {@code glulam}: reads options, calls the library, prints for people or as JSON. */
@NullMarked
package io.glulam.cli;

import org.jspecify.annotations.NullMarked;
