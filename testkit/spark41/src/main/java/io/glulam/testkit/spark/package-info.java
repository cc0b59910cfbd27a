/** Spark as a process that answers SQL. */
@NullMarked
package io.glulam.testkit.spark;

import org.jspecify.annotations.NullMarked;
