/** Tables that Spark writes, compacted by glulam and by Spark's own procedures in turns. */
@NullMarked
package io.glulam.bench.tables;

import org.jspecify.annotations.NullMarked;
