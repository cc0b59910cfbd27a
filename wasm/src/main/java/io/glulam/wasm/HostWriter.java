package io.glulam.wasm;

import io.glulam.error.Place;
import io.glulam.storage.ObjectWriter;
import io.glulam.storage.RangeReader;
import java.nio.ByteBuffer;

/**
 * The new object, written by the host, which also publishes it. What is written can be read back once it is sealed: then
 * {@code output.js} compares it, in windows, with what was appended.
 */
final class HostWriter implements ObjectWriter {
    private static final int MAX_WRITE = 1 << 20;

    private static final long NOTHING = -1;

    private final HostReader source;
    private final Place place;
    private final boolean copies;
    private final long base;
    private long position;
    /** A range of the source that is yet to be copied: row groups that lie together are copied together. */
    private Place waitingIn = Place.UNKNOWN;

    private long waitingFrom = NOTHING;

    private long waitingTo = NOTHING;

    /**
     * @param source that the new object is made from
     * @param name what it is called
     * @param copies whether the host's store copies ranges of it
     * @param base where in the source the host's bytes begin
     */
    HostWriter(HostReader source, String name, boolean copies, long base) {
        this.base = base;
        this.source = source;
        this.place = Place.of(name + " (new)");
        this.copies = copies;
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public void append(ByteBuffer literal) {
        if (literal.hasRemaining()) {
            copyWaiting();
        }
        while (literal.hasRemaining()) {
            int length = Math.min(MAX_WRITE, literal.remaining());
            Scratch.put(literal.array(), literal.arrayOffset() + literal.position(), length);
            Failure.check(Host.append(length), place);
            literal.position(literal.position() + length);
            position += length;
        }
    }

    /**
     * The host's store copies the range, or the host passes it on: it does not come into the engine. What was made of the
     * inputs of a merge, which lies after the host's bytes, is appended.
     */
    @Override
    public void copy(RangeReader reader, long offset, long length) {
        long count = offset < base ? 0 : Math.max(0, Math.min(length, source.size() - offset));
        if (count > 0) {
            copyLater(Place.of(reader.name()), offset, count);
            position += count;
        }
        if (count < length) {
            reader.transfer(offset + count, length - count, (at, bytes) -> append(bytes));
        }
    }

    /** What the host passes on, it is asked for row group by row group: nothing of a stream can be asked for again. */
    private void copyLater(Place object, long offset, long length) {
        if (offset != waitingTo || !copies) {
            copyWaiting();
            waitingIn = object;
            waitingFrom = offset;
        }
        waitingTo = offset + length;
    }

    private void copyWaiting() {
        long from = waitingFrom;
        long to = waitingTo;
        waitingFrom = NOTHING;
        waitingTo = NOTHING;
        if (from < to) {
            Failure.check(Host.copy(from, to - from), waitingIn);
        }
    }

    @Override
    public boolean copiesInStore() {
        return copies;
    }

    @Override
    public boolean readsBack() {
        return false;
    }

    @Override
    public void seal() {
        copyWaiting();
        source.release();
        Failure.check(Host.seal(), place);
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
