/**
 * What the Parquet specification defines, as values: Thrift's compact protocol, the enums, page headers, statistics,
 * indexes. Reads and writes byte arrays, never storage. May use {@code error} only.
 *
 * <p>API: its names are stable.
 */
@NullMarked
package io.glulam.format;

import org.jspecify.annotations.NullMarked;
