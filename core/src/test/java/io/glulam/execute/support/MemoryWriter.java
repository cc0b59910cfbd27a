package io.glulam.execute.support;

import io.glulam.storage.ObjectWriter;
import io.glulam.storage.RangeReader;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** An object being written in memory. Faulty ones are made by overriding. */
public class MemoryWriter implements ObjectWriter {
    private byte[] bytes = new byte[1 << 12];
    private int size;
    private boolean published;

    /** What was written so far. */
    public final synchronized byte[] bytes() {
        return Arrays.copyOf(bytes, size);
    }

    /** Replaces everything that was written. */
    public final synchronized MemoryWriter with(byte[] other) {
        bytes = other.clone();
        size = other.length;
        return this;
    }

    public final boolean published() {
        return published;
    }

    @Override
    public final synchronized long position() {
        return size;
    }

    @Override
    public synchronized void append(ByteBuffer literal) {
        if (bytes.length - size < literal.remaining()) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + literal.remaining()));
        }
        int length = literal.remaining();
        literal.get(bytes, size, length);
        size += length;
    }

    @Override
    public void copy(RangeReader source, long offset, long length) {
        ByteBuffer buffer = ByteBuffer.allocate((int) length);
        source.read(offset, buffer);
        append(buffer.flip());
    }

    @Override
    public synchronized void read(long position, ByteBuffer target) {
        target.put(bytes, (int) position, target.remaining());
    }

    @Override
    public void publish() {
        published = true;
    }

    @Override
    public void close() {}
}
