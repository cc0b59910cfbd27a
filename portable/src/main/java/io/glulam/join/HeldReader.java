package io.glulam.join;

import io.glulam.storage.ForwardingReader;
import io.glulam.storage.RangeReader;
import java.nio.ByteBuffer;

/** An input in a store whose last bytes are held; only what lies before them is read from the store. Thread-safe. */
final class HeldReader extends ForwardingReader {
    private final HeldBytes held;

    HeldReader(RangeReader origin, HeldBytes held) {
        super(origin);
        this.held = held;
    }

    @Override
    public void read(long position, ByteBuffer target) {
        int length = target.remaining();
        if (position > size() - length) {
            delegate().read(position, target); // It tells that the object ends before.
            return;
        }
        int unheld = (int) Math.max(0, Math.min(length, held.from() - position));
        if (unheld > 0) {
            int limit = target.limit();
            target.limit(target.position() + unheld);
            delegate().read(position, target);
            target.limit(limit);
        }
        if (target.hasRemaining()) {
            held.read(position + unheld, target);
        }
    }

    @Override
    public void transfer(long position, long length, Sink sink) {
        long unheld = Math.max(0, Math.min(length, held.from() - position));
        if (unheld > 0) {
            delegate().transfer(position, unheld, sink);
        }
        if (length > unheld) {
            super.transfer(position + unheld, length - unheld, sink);
        }
    }

    /** Bytes that one request brought are one version; what is read later depends on the version by itself. */
    @Override
    public void checkUnchanged() {
        if (held.from() > 0) {
            delegate().checkUnchanged();
        }
    }

    @Override
    public boolean isRemote() {
        return held.from() > 0;
    }

    @Override
    public long heldFrom() {
        return held.from();
    }
}
