/** What a table takes on a cluster, from constants that runs have measured. */
@NullMarked
package io.glulam.bench.cluster;

import org.jspecify.annotations.NullMarked;
