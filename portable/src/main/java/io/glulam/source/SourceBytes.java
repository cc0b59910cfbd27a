package io.glulam.source;

import io.glulam.page.ByteSource;
import io.glulam.storage.RangeReader;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;

/** A pinned object as the source that pages are read from. Counts the bytes read. Thread-safe. */
public final class SourceBytes implements ByteSource {
    private final RangeReader reader;
    private final AtomicLong bytesRead = new AtomicLong();

    public SourceBytes(RangeReader reader) {
        this.reader = reader;
    }

    @Override
    public String name() {
        return reader.name();
    }

    @Override
    public long size() {
        return reader.size();
    }

    @Override
    public void read(long position, byte[] target, int from, int length) {
        read(position, ByteBuffer.wrap(target, from, length));
    }

    /** Fills {@code target} from {@code position} on. */
    public void read(long position, ByteBuffer target) {
        bytesRead.addAndGet(target.remaining());
        reader.read(position, target);
    }

    /** Bytes read so far. */
    public long bytesRead() {
        return bytesRead.get();
    }

    /** As {@link RangeReader#headerWindow}. */
    public int headerWindow() {
        return reader.headerWindow();
    }

    public RangeReader reader() {
        return reader;
    }
}
