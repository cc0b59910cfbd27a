/**
 * The output of {@code --help}: the options that are used most, the others in groups, and examples. Loaded only where help is
 * asked for.
 */
@NullMarked
package io.glulam.cli.help;

import org.jspecify.annotations.NullMarked;
