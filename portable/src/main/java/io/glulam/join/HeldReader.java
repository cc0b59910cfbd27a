package io.glulam.join;

import io.glulam.storage.ForwardingReader;
import io.glulam.storage.RangeReader;
import java.nio.ByteBuffer;

/** An input whose last bytes are held; only what lies before them is read from where it lies. Thread-safe. */
final class HeldReader extends ForwardingReader {
    private final HeldBytes held;

    HeldReader(RangeReader origin, HeldBytes held) {
        super(origin);
        this.held = held;
    }

    /**
     * Reads the last bytes of a file at once, where the footer and the page indexes are: asking for each of them would take more
     * time than their bytes.
     *
     * @param length bytes to hold; of a shorter file all
     */
    static HeldReader ofEnd(RangeReader origin, int length) {
        byte[] end = new byte[(int) Math.min(length, origin.size())];
        long from = origin.size() - end.length;
        origin.read(from, ByteBuffer.wrap(end));
        return new HeldReader(origin, new End(end, from));
    }

    /** The last bytes of a file, in memory. */
    @SuppressWarnings("ArrayRecordComponent")
    private record End(byte[] bytes, long from) implements HeldBytes {
        @Override
        public void read(long position, ByteBuffer target) {
            target.put(bytes, (int) (position - from), target.remaining());
        }
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
        if (!isOneRequest()) {
            delegate().checkUnchanged();
        }
    }

    private boolean isOneRequest() {
        return held.from() == 0 && delegate().isRemote();
    }

    @Override
    public boolean isRemote() {
        return held.from() > 0 && delegate().isRemote();
    }

    @Override
    public long heldFrom() {
        return held.from();
    }
}
