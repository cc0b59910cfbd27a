/** Rows for people and for machines: which ones, and as a table, JSON, CSV or Arrow. */
@NullMarked
package io.glulam.cli.rows;

import org.jspecify.annotations.NullMarked;
