package io.glulam.source;

import io.glulam.format.ColumnChunk;

/**
 * One source of a merged column chunk.
 *
 * @param rowGroup its position in the source's footer
 * @param rows of the row group
 * @param chunk the column's footer entry there
 */
public record Fragment(int rowGroup, long rows, ColumnChunk chunk) {}
