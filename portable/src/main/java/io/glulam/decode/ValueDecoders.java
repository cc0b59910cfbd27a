package io.glulam.decode;

import io.glulam.error.Place;
import io.glulam.error.Unsupported;
import io.glulam.format.Encoding;
import io.glulam.format.Leaf;
import io.glulam.format.LittleEndian;
import io.glulam.format.PhysicalType;
import org.jspecify.annotations.Nullable;

/** Picks the decoder of a page's values by encoding and type (specification: Encodings). */
final class ValueDecoders {
    private ValueDecoders() {}

    /**
     * A decoder of the values in {@code page[from, to)}, of which there is at least one.
     *
     * @param encoding Thrift value
     * @param dictionary null if the chunk has none
     * @throws Unsupported if the encoding is unknown, or not one of the type
     */
    static ValueDecoder of(
            Leaf leaf, int encoding, byte[] page, int from, int to, @Nullable ChunkDictionary dictionary) {
        Encoding known = Encoding.of(encoding);
        if (known == null || !known.isFor(leaf.type())) {
            throw new Unsupported(
                    Place.UNKNOWN,
                    "values of type " + leaf.type() + " in encoding " + Encoding.nameOf(encoding)
                            + " cannot be decoded by this version");
        }
        return switch (known) {
            case PLAIN -> PlainDecoders.of(leaf, page, from, to);
            case PLAIN_DICTIONARY, RLE_DICTIONARY -> indexed(leaf, page, from, to, dictionary);
            case RLE -> new IndexDecoders.Booleans(booleanRuns(page, from, to));
            case DELTA_BINARY_PACKED -> new DeltaDecoders.Numbers(page, from, to, leaf.type() == PhysicalType.INT32);
            case DELTA_LENGTH_BYTE_ARRAY -> new DeltaDecoders.ByteArrays(page, from, to);
            case DELTA_BYTE_ARRAY -> new DeltaDecoders.Prefixed(page, from, to);
            case BYTE_STREAM_SPLIT -> SplitDecoders.of(leaf, page, from, to);
            case BIT_PACKED -> throw new IllegalStateException("for no values");
        };
    }

    private static ValueDecoder indexed(
            Leaf leaf, byte[] page, int from, int to, @Nullable ChunkDictionary dictionary) {
        if (dictionary == null) {
            throw ValueDecoder.corrupt("a page of dictionary indices in a column chunk without dictionary");
        }
        if (from >= to) {
            throw ValueDecoder.corrupt("a page of dictionary indices without their width");
        }
        return IndexDecoders.of(leaf, new HybridNumberDecoder(page, from + 1, to, page[from] & 0xff), dictionary);
    }

    private static SmallNumberDecoder booleanRuns(byte[] page, int from, int to) {
        int length = to - from < Integer.BYTES ? -1 : LittleEndian.getInt(page, from);
        int start = from + Integer.BYTES;
        if (length < 0 || length > to - start) {
            throw ValueDecoder.corrupt("runs of booleans longer than their page");
        }
        return new HybridNumberDecoder(page, start, start + length, 1);
    }
}
