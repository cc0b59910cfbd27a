package io.glulam.wasm;

import io.glulam.error.Place;
import io.glulam.storage.ObjectWriter;
import io.glulam.storage.RangeReader;
import java.nio.ByteBuffer;

/** The new object, written and read back by the host, which also publishes it. */
final class HostWriter implements ObjectWriter {
    private static final int MAX_WRITE = 1 << 20;

    private final Place place;
    private long position;

    /** @param source that the new object is made from */
    HostWriter(RangeReader source) {
        this.place = Place.of(source.name() + " (new)");
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public void append(ByteBuffer literal) {
        while (literal.hasRemaining()) {
            int length = Math.min(MAX_WRITE, literal.remaining());
            Scratch.put(literal.array(), literal.arrayOffset() + literal.position(), length);
            Failure.check(Host.append(length), place);
            literal.position(literal.position() + length);
            position += length;
        }
    }

    @Override
    public void copy(RangeReader source, long offset, long length) {
        source.transfer(offset, length, (at, bytes) -> append(bytes));
    }

    @Override
    public void read(long from, ByteBuffer target) {
        long at = from;
        while (target.hasRemaining()) {
            int length = Math.min(MAX_WRITE, target.remaining());
            Scratch.reserve(length);
            Failure.check(Host.written(at, length), place);
            Scratch.take(target.array(), target.arrayOffset() + target.position(), length);
            target.position(target.position() + length);
            at += length;
        }
    }

    /** The host publishes, once the engine has answered. */
    @Override
    public void publish() {}

    @Override
    public void close() {}
}
