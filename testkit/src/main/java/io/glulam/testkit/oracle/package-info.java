/**
 * Other implementations asked about a file: are two files equal, can a file be read, do filters find what brute force
 * finds. Uses DuckDB and parquet-java, and nothing of the other packages.
 */
package io.glulam.testkit.oracle;
