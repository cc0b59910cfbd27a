/**
 * Writes Parquet files byte by byte, so that tests have files that are legal but that no library writes, and files
 * that break the specification in one chosen way.
 */
package io.glulam.testkit.bytes;
