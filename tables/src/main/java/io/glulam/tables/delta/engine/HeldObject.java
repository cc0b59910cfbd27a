package io.glulam.tables.delta.engine;

import io.glulam.error.CorruptFile;
import io.glulam.error.Place;
import io.glulam.local.DiskSpool;
import io.glulam.storage.MemorySpool;
import io.glulam.storage.RangeReader;
import io.glulam.storage.RangeSpool;
import java.nio.ByteBuffer;

/** An object of a store, fetched whole in one request: from memory if it is small, else from a temporary file. */
final class HeldObject implements RangeReader {
    private static final long MAX_IN_MEMORY = 8L << 20;

    private final RangeReader origin;
    private final RangeSpool spool;

    private HeldObject(RangeReader origin, RangeSpool spool) {
        this.origin = origin;
        this.spool = spool;
    }

    /** Fetches an object; it is closed with the result. */
    static HeldObject fetch(RangeReader origin) {
        RangeSpool spool = origin.size() <= MAX_IN_MEMORY ? new MemorySpool(2 * MAX_IN_MEMORY) : new DiskSpool(null);
        HeldObject held = new HeldObject(origin, spool);
        try {
            origin.transfer(0, origin.size(), spool::write);
            return held;
        } catch (RuntimeException failure) {
            held.close();
            throw failure;
        }
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
        if (position < 0 || position > size() - target.remaining()) {
            throw new CorruptFile(Place.of(name()), "a read beyond the object's end");
        }
        spool.read(position, target);
    }

    @Override
    public void checkUnchanged() {
        // One request brought all bytes, so that they are of one version.
    }

    @Override
    public void close() {
        try (origin) {
            spool.close();
        }
    }
}
