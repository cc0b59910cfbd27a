/** Moves values: decodes and encodes columns through Apache Parquet's readers and writers. May use {@code page} and below. */
@NullMarked
package io.glulam.recode;

import org.jspecify.annotations.NullMarked;
