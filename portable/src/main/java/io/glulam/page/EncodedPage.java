package io.glulam.page;

/**
 * A page ready to be written.
 *
 * @param header its header
 * @param bytes header and body as stored
 * @param headerLength bytes of the header
 * @param rowCount rows that begin in it; -1 if it begins in the middle of one
 * @param nullCount values that are null
 */
@SuppressWarnings("ArrayRecordComponent")
public record EncodedPage(PageHeader header, byte[] bytes, int headerLength, int rowCount, int nullCount) {
    /** The same page, beginning in the middle of a row. */
    public EncodedPage withoutRowCount() {
        return new EncodedPage(header, bytes, headerLength, -1, nullCount);
    }

    /** Header and body, in bytes. */
    public int length() {
        return headerLength + header.compressedSize();
    }
}
