package io.glulam.recode;

import io.glulam.format.Encoding;
import io.glulam.format.Leaf;
import io.glulam.format.PhysicalType;
import io.glulam.page.ByteArrayBuilder;

/** Encodes the values of a page in one encoding without dictionary. Keeps working memory only. Not thread-safe. */
interface ValuesEncoder {
    /** Appends the values of {@code page}, of which there may be none. */
    void encode(PageBuffer page, ByteArrayBuilder out);

    /**
     * The encoder of a column's values.
     *
     * @throws IllegalArgumentException if its type does not have the encoding
     */
    static ValuesEncoder of(Leaf leaf, Encoding encoding) {
        if (encoding.isDictionary() || !encoding.isFor(leaf.type())) {
            throw new IllegalArgumentException("values of type " + leaf.type() + " have no encoding " + encoding);
        }
        return switch (encoding) {
            case PLAIN -> PlainEncoders.of(leaf);
            case RLE -> new BooleanRunEncoder();
            case DELTA_BINARY_PACKED -> new DeltaEncoders.Numbers(leaf.type() == PhysicalType.INT32);
            case DELTA_LENGTH_BYTE_ARRAY -> new DeltaEncoders.Lengths();
            case DELTA_BYTE_ARRAY -> new DeltaEncoders.Prefixes(leaf.valueWidth() < 0 ? Integer.BYTES : 0);
            case BYTE_STREAM_SPLIT -> SplitEncoders.of(leaf);
            case PLAIN_DICTIONARY, RLE_DICTIONARY, BIT_PACKED -> throw new IllegalStateException("for no values");
        };
    }
}
