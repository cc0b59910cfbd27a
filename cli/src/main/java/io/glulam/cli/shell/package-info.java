/** What shells and {@code man} know of the command: completions and manual pages, made from picocli's description of it. */
@NullMarked
package io.glulam.cli.shell;

import org.jspecify.annotations.NullMarked;
