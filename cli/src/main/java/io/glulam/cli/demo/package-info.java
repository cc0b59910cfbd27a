/**
 * Makes the demonstration's file: a small writer of Parquet, the same bytes every time, that leaves hundreds of small
 * row groups as a streaming writer does. Uses the library's page encodings, codecs and Thrift
 * writer.
 */
@NullMarked
package io.glulam.cli.demo;

import org.jspecify.annotations.NullMarked;
