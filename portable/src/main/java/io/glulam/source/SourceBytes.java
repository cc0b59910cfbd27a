package io.glulam.source;

import io.glulam.format.ColumnChunk;
import io.glulam.page.ByteSource;
import io.glulam.storage.RangeReader;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A pinned object as the source that pages are read from. Counts the bytes read. Thread-safe. */
public final class SourceBytes implements ByteSource {
    private final RangeReader reader;
    private final AtomicLong bytesRead;
    private final @Nullable HeldChunks held;

    public SourceBytes(RangeReader reader) {
        this(reader, new AtomicLong(), null);
    }

    private SourceBytes(RangeReader reader, AtomicLong bytesRead, @Nullable HeldChunks held) {
        this.reader = reader;
        this.bytesRead = bytesRead;
        this.held = held;
    }

    /**
     * Returns the same bytes; where the chunks are short, they are read whole and held as long as the result is.
     *
     * @param columns whose chunks these are, neighbours, column by column
     */
    SourceBytes holding(int columns, List<ColumnChunk> chunks) {
        HeldChunks together = HeldChunks.of(this, columns, chunks);
        return together == null ? this : new SourceBytes(reader, bytesRead, together);
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
        if (held == null || !held.read(position, target, from, length)) {
            read(position, ByteBuffer.wrap(target, from, length));
        }
    }

    /** Fills {@code target} from {@code position} on. */
    public void read(long position, ByteBuffer target) {
        bytesRead.addAndGet(target.remaining());
        reader.read(position, target);
    }

    /** Returns the number of bytes read so far. */
    public long bytesRead() {
        return bytesRead.get();
    }

    /** Returns the bytes of short chunks that are held at most, beside the readers' own buffers. */
    public long heldBytes() {
        return held == null ? 0 : held.bytes();
    }

    /** As {@link RangeReader#headerWindow}. */
    public int headerWindow() {
        return reader.headerWindow();
    }

    public RangeReader reader() {
        return reader;
    }
}
