/**
 * The command {@code glulam}: reads options, calls the library, prints for people or as JSON. Every subcommand is a
 * class; {@code Failures} is where anything that goes wrong becomes a line and an exit code.
 */
@NullMarked
package io.glulam.cli;

import org.jspecify.annotations.NullMarked;
