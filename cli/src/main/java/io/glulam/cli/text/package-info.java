/** How results look to a person: sizes, tables, bars and pictures, fitted to the terminal. Knows nothing of Parquet. */
@NullMarked
package io.glulam.cli.text;

import org.jspecify.annotations.NullMarked;
