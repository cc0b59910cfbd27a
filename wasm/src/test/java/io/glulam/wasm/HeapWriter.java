package io.glulam.wasm;

import io.glulam.storage.ObjectWriter;
import io.glulam.storage.RangeReader;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** A new object on the heap. */
final class HeapWriter implements ObjectWriter {
    private static final class Bytes extends ByteArrayOutputStream {
        void read(int from, ByteBuffer target) {
            target.put(buf, from, target.remaining());
        }
    }

    private final Bytes bytes = new Bytes();

    synchronized byte[] bytes() {
        return bytes.toByteArray();
    }

    @Override
    public synchronized long position() {
        return bytes.size();
    }

    @Override
    public synchronized void append(ByteBuffer literal) {
        byte[] copy = new byte[literal.remaining()];
        literal.get(copy);
        bytes.writeBytes(copy);
    }

    @Override
    public void copy(RangeReader source, long offset, long length) {
        source.transfer(offset, length, (at, part) -> append(part));
    }

    @Override
    public synchronized void read(long position, ByteBuffer target) {
        bytes.read((int) position, target);
    }

    @Override
    public void publish() {}

    @Override
    public void close() {}
}
