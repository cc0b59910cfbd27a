/**
 * A small, slow and obvious Parquet reader that judges what the product writes. It parses Thrift with
 * parquet-format-structures and decodes pages itself; it shares no code with core.
 */
package io.glulam.testkit.read;
