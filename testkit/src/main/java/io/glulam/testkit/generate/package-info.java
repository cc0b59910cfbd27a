/**
 * Seeded generators of Parquet files: the same seed gives the same file, and a recipe printed in a failure message is
 * enough to write it again. Files are written by parquet-java and DuckDB. Uses nothing of the other packages.
 */
package io.glulam.testkit.generate;
