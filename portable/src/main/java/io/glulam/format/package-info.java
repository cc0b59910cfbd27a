/**
 * The definitions of the Parquet specification as values: Thrift's compact protocol, the enums, the schema,
 * entries of column chunks, statistics. Reads and writes byte arrays, never storage. May use {@code error} only.
 *
 * <p>API: its names are stable.
 */
@NullMarked
package io.glulam.format;

import org.jspecify.annotations.NullMarked;
