/** Values of options that a person sets once: in a file, or in the environment. What is typed comes before both. */
@NullMarked
package io.glulam.cli.config;

import org.jspecify.annotations.NullMarked;
