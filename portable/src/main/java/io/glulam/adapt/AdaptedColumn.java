package io.glulam.adapt;

import io.glulam.format.Leaf;
import io.glulam.schema.ColumnFit;

/**
 * A leaf column of the output that a source provides in another form.
 *
 * @param target the column in the output's schema
 * @param fit how the source provides it
 * @param dictionaryEncoding Thrift value of the encoding that pages of other inputs have beside a dictionary, or −1 if
 *     they have none: null pages get the same, so that chunks of both can be joined
 */
public record AdaptedColumn(Leaf target, ColumnFit fit, int dictionaryEncoding) {}
