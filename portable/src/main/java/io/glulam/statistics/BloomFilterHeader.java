package io.glulam.statistics;

import io.glulam.format.ThriftReader;
import io.glulam.format.ThriftWriter;

/**
 * The specification's {@code BloomFilterHeader}, which tells how long a filter is where the footer does not.
 *
 * @param length bytes of the header itself
 * @param bitsetLength bytes of the bitset that follows: a positive multiple of 32
 * @param isKnown whether algorithm, hash and compression are the ones that this version understands: split blocks,
 *     xxHash, none
 */
public record BloomFilterHeader(int length, int bitsetLength, boolean isKnown) {
    /** The most bytes that a header of the known kind takes, and as many again for fields yet to come. */
    public static final int MAX_LENGTH = 64;

    /** The longest bitset taken for real: 128 MiB, the specification's reader's limit. */
    public static final int MAX_BITSET_LENGTH = 128 << 20;

    static final int BLOCK_LENGTH = 32;

    /** The fields for algorithm, hash and compression, a bit for each. */
    private static final int ALL_KNOWN = 1 << 2 | 1 << 3 | 1 << 4;

    /**
     * Reads a header, of which at least {@link #MAX_LENGTH} bytes should be there.
     *
     * @param base offset in the object of {@code bytes[0]}, for error messages
     * @throws io.glulam.error.CorruptFile if it is cut off or its numbers are impossible
     */
    public static BloomFilterHeader parse(byte[] bytes, int from, int to, long base) {
        ThriftReader reader = new ThriftReader(bytes, from, to, base);
        int bitset = -1;
        int seen = 0;
        int known = 0;
        int outer = reader.enterStruct();
        while (reader.nextField()) {
            switch (reader.fieldId()) {
                case 1 -> {
                    reader.expect(ThriftReader.I32);
                    bitset = reader.readI32();
                }
                case 2, 3, 4 -> {
                    reader.expect(ThriftReader.STRUCT);
                    int field = 1 << reader.fieldId();
                    boolean isKnown = reader.readUnionId() == 1;
                    // Of a union that occurs twice, readers in Java take the last, those in C++ put both together.
                    known = isKnown && (seen & field) == 0 ? known | field : known & ~field;
                    seen |= field;
                }
                default -> reader.skip();
            }
        }
        reader.leaveStruct(outer);
        if (bitset <= 0 || bitset > MAX_BITSET_LENGTH || bitset % BLOCK_LENGTH != 0) {
            throw reader.corrupt("a bloom filter of " + bitset + " bytes, expected a multiple of " + BLOCK_LENGTH
                    + " up to " + MAX_BITSET_LENGTH);
        }
        return new BloomFilterHeader(reader.position() - from, bitset, known == ALL_KNOWN);
    }

    /** Bytes of header and bitset. */
    public int totalLength() {
        return length + bitsetLength;
    }

    static void write(ThriftWriter writer, int bitsetLength) {
        int outer = writer.enterStruct();
        writer.i32Field(1, bitsetLength);
        for (int field = 2; field <= 4; field++) {
            writer.field(field, ThriftReader.STRUCT);
            int union = writer.enterStruct();
            writer.field(1, ThriftReader.STRUCT);
            writer.leaveStruct(writer.enterStruct());
            writer.leaveStruct(union);
        }
        writer.leaveStruct(outer);
    }
}
