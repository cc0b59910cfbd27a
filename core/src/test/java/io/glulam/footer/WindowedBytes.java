package io.glulam.footer;

/** A footer's bytes that are read through windows of a few bytes, and counted. */
final class WindowedBytes implements FooterBytes {
    private final byte[] bytes;
    private final int windowBytes;
    private long bytesRead;
    private int longestRead;

    WindowedBytes(byte[] bytes, int windowBytes) {
        this.bytes = bytes;
        this.windowBytes = windowBytes;
    }

    @Override
    public int length() {
        return bytes.length;
    }

    @Override
    public int windowBytes() {
        return windowBytes;
    }

    @Override
    public synchronized void read(int position, byte[] target, int from, int length) {
        bytesRead += length;
        longestRead = Math.max(longestRead, length);
        System.arraycopy(bytes, position, target, from, length);
    }

    /** Bytes read so far. */
    long bytesRead() {
        return bytesRead;
    }

    /** Most bytes read at once. */
    int longestRead() {
        return longestRead;
    }
}
