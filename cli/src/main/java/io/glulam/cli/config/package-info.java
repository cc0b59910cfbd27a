/** Values of options that a person configures for all runs: in a file, or by variables. Options on the command line win. */
@NullMarked
package io.glulam.cli.config;

import org.jspecify.annotations.NullMarked;
