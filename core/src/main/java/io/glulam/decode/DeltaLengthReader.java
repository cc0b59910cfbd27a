package io.glulam.decode;

/** Encoding DELTA_LENGTH_BYTE_ARRAY: all lengths, then all bytes. */
final class DeltaLengthReader extends ValueReader {
    private final byte[] page;
    private final int to;
    private final DeltaReader lengths;
    private int position;

    DeltaLengthReader(byte[] page, int from, int to) {
        this.page = page;
        this.to = to;
        this.lengths = new DeltaReader(page, from, to, true);
        this.position = DeltaReader.endOf(page, from, to);
    }

    @Override
    void readBytes(ByteSlice target) {
        int length = (int) lengths.readBits();
        if (length < 0 || length > to - position) {
            throw corrupt("a value of " + Integer.toUnsignedString(length) + " bytes where " + (to - position)
                    + " are left in its page");
        }
        target.set(page, position, length);
        position += length;
    }
}
