package io.glulam.join;

import io.glulam.storage.RangeReader;
import io.glulam.storage.RangeSpool;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Holds what was read of inputs in stores until they are merged, so that a small input takes one request. Takes as much
 * room as those bytes. Thread-safe.
 */
public final class InputSpool implements AutoCloseable {
    private final RangeSpool.Factory factory;
    private @Nullable RangeSpool spool;
    private long size;

    /**
     * Bytes of an input in the spool.
     *
     * @param place where in the spool they begin
     */
    private record Spooled(RangeSpool spool, long place, long from) implements HeldBytes {
        @Override
        public void read(long position, ByteBuffer target) {
            spool.read(place + position - from, target);
        }
    }

    /** @param factory makes the spool when the first byte comes */
    public InputSpool(RangeSpool.Factory factory) {
        this.factory = factory;
    }

    /**
     * Keeps what a reader has at hand of its object.
     *
     * @return null if it is a local file, which needs no holding
     */
    public @Nullable HeldBytes hold(RangeReader reader) {
        if (!reader.isRemote()) {
            return null;
        }
        long from = reader.heldFrom();
        long length = reader.size() - from;
        Spooled held = room(from, length);
        if (length > 0) {
            reader.transfer(from, length, (at, bytes) -> held.spool().write(held.place() + at - from, bytes));
        }
        return held;
    }

    private synchronized Spooled room(long from, long length) {
        RangeSpool known = spool;
        if (known == null) {
            known = factory.create();
            spool = known;
        }
        Spooled held = new Spooled(known, size, from);
        size += length;
        return held;
    }

    /** Removes everything; what was handed out cannot be read any more. */
    @Override
    public synchronized void close() {
        if (spool != null) {
            spool.close();
        }
    }
}
