package io.glulam.tables.delta.engine;

import io.glulam.storage.RangeReader;
import java.io.InputStream;
import java.nio.ByteBuffer;

/** An object's bytes from its begin to its end. Closing it does not close the object. */
final class ObjectInput extends InputStream {
    private final RangeReader reader;
    private long position;

    ObjectInput(RangeReader reader) {
        this.reader = reader;
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int from, int length) {
        int count = (int) Math.min(length, reader.size() - position);
        if (count <= 0) {
            return length == 0 ? 0 : -1;
        }
        reader.read(position, ByteBuffer.wrap(target, from, count));
        position += count;
        return count;
    }
}
