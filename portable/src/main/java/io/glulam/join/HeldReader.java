package io.glulam.join;

import io.glulam.storage.ObjectAttributes;
import io.glulam.storage.ObjectVersion;
import io.glulam.storage.RangeReader;
import io.glulam.storage.Traffic;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** An input in a store whose last bytes are held; only what lies before them is read from the store. Thread-safe. */
final class HeldReader implements RangeReader {
    private final RangeReader origin;
    private final HeldBytes held;

    HeldReader(RangeReader origin, HeldBytes held) {
        this.origin = origin;
        this.held = held;
    }

    @Override
    public String name() {
        return origin.name();
    }

    @Override
    public long size() {
        return origin.size();
    }

    @Override
    public String version() {
        return origin.version();
    }

    @Override
    public void read(long position, ByteBuffer target) {
        int length = target.remaining();
        if (position > size() - length) {
            origin.read(position, target); // It tells that the object ends before.
            return;
        }
        int before = (int) Math.max(0, Math.min(length, held.from() - position));
        if (before > 0) {
            int limit = target.limit();
            target.limit(target.position() + before);
            origin.read(position, target);
            target.limit(limit);
        }
        if (target.hasRemaining()) {
            held.read(position + before, target);
        }
    }

    @Override
    public void transfer(long position, long length, Sink sink) {
        long before = Math.max(0, Math.min(length, held.from() - position));
        if (before > 0) {
            origin.transfer(position, before, sink);
        }
        if (length > before) {
            RangeReader.super.transfer(position + before, length - before, sink);
        }
    }

    /** Bytes that one request brought are one version; what is read later depends on the version by itself. */
    @Override
    public void checkUnchanged() {
        if (held.from() > 0) {
            origin.checkUnchanged();
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

    @Override
    public @Nullable ObjectVersion stored() {
        return origin.stored();
    }

    @Override
    public ObjectAttributes attributes() {
        return origin.attributes();
    }

    @Override
    public Traffic traffic() {
        return origin.traffic();
    }

    @Override
    public void close() {
        origin.close();
    }
}
