/** Makes the files for shells and {@code man}: completions and manual pages, made from picocli's description of it. */
@NullMarked
package io.glulam.cli.shell;

import org.jspecify.annotations.NullMarked;
