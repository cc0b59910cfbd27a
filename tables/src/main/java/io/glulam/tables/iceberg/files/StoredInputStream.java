package io.glulam.tables.iceberg.files;

import io.glulam.storage.RangeReader;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.iceberg.io.SeekableInputStream;

/** Reads an object from its begin to its end, or from where it is told to, through a window. Not thread-safe. */
final class StoredInputStream extends SeekableInputStream {
    private static final int WINDOW = 256 << 10;

    private final RangeReader reader;
    private ByteBuffer window = ByteBuffer.allocate(0);
    private long windowStart;
    private long position;

    StoredInputStream(RangeReader reader) {
        this.reader = reader;
    }

    @Override
    public long getPos() {
        return position;
    }

    @Override
    public void seek(long newPosition) throws IOException {
        if (newPosition < 0 || newPosition > reader.size()) {
            throw new EOFException(reader.name() + " has no byte " + newPosition);
        }
        position = newPosition;
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        if (length == 0) {
            return 0;
        }
        if (position >= reader.size()) {
            return -1;
        }
        fill();
        window.position((int) (position - windowStart));
        int count = Math.min(length, window.remaining());
        window.get(target, offset, count);
        position += count;
        return count;
    }

    private void fill() {
        if (position >= windowStart && position < windowStart + window.limit()) {
            return;
        }
        int size = (int) Math.min(WINDOW, reader.size() - position);
        if (window.capacity() < size) {
            window = ByteBuffer.allocate(size);
        }
        window.clear().limit(size);
        reader.read(position, window);
        window.flip();
        windowStart = position;
    }

    @Override
    public void close() {
        reader.close();
    }
}
