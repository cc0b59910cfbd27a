package io.glulam.page;

import io.glulam.error.CorruptFile;
import io.glulam.error.Place;
import io.glulam.format.ColumnChunk;
import io.glulam.format.ThriftReader;
import org.jspecify.annotations.Nullable;

/**
 * Steps through the page headers of one column chunk without reading bodies. Offsets in footers lie, so it goes by what
 * the headers say: from the chunk's first byte until the footer's number of values has been seen, then past pages
 * without values to the chunk's end. Not thread-safe; reusable by {@link #start}.
 */
public final class PageWalker {
    /** Statistics of long strings make headers long, but no sane writer passes this. */
    private static final int MAX_HEADER = 16 << 20;

    /** parquet-mr before 1.2.9 leaves the dictionary page's header out of the chunk's size (PARQUET-816). */
    private static final int UNCOUNTED_HEADER = 128;

    private final ByteSource source;
    private byte[] window;
    private long windowStart;
    private int windowLength;
    private long chunkStart;
    private long chunkEnd;
    private long valuesLeft;
    private long nextPosition;
    private long position;
    private int headerLength;

    /** @param windowSize bytes read at once; small where pages are long, large where they are short */
    public PageWalker(ByteSource source, int windowSize) {
        this.source = source;
        this.window = new byte[windowSize];
    }

    /** Starts at the first page of {@code chunk}. */
    public void start(ColumnChunk chunk) {
        chunkStart = chunk.start();
        chunkEnd = Math.addExact(chunkStart, chunk.compressedSize());
        valuesLeft = chunk.valueCount();
        nextPosition = chunkStart;
        windowLength = 0;
    }

    /**
     * Moves to the next page.
     *
     * @return its header; null at the chunk's end
     * @throws CorruptFile if the pages do not end where the chunk ends, or hold other than its number of values
     */
    public @Nullable PageHeader next() {
        if (valuesLeft <= 0 && nextPosition >= chunkEnd) {
            return end();
        }
        position = nextPosition;
        PageHeader header = readHeader();
        nextPosition = position + headerLength + header.compressedSize();
        if (nextPosition > chunkEnd + UNCOUNTED_HEADER || nextPosition > source.size()) {
            throw new CorruptFile(
                    Place.at(position),
                    "a page that ends at " + nextPosition + ", behind its column chunk's end at " + chunkEnd);
        }
        if (header.isData()) {
            valuesLeft -= header.valueCount();
            if (valuesLeft < 0) {
                throw new CorruptFile(Place.at(position), "pages hold more values than their column chunk");
            }
        }
        return header;
    }

    private @Nullable PageHeader end() {
        if (nextPosition > chunkEnd + UNCOUNTED_HEADER) {
            throw new CorruptFile(
                    Place.at(chunkStart), "pages end at " + nextPosition + ", their column chunk at " + chunkEnd);
        }
        return null;
    }

    /** Offset in the object of the header that {@link #next} returned. */
    public long position() {
        return position;
    }

    /** Its length in bytes; the body follows. */
    public int headerLength() {
        return headerLength;
    }

    private PageHeader readHeader() {
        if (position >= Math.min(chunkEnd, source.size())) {
            throw new CorruptFile(Place.at(position), "the column chunk's pages end " + valuesLeft + " values early");
        }
        int size = window.length;
        if (position < windowStart || position >= windowStart + windowLength) {
            fill(size);
        }
        while (true) {
            int from = (int) (position - windowStart);
            boolean complete = windowStart + windowLength >= limit();
            try {
                ThriftReader in = new ThriftReader(window, from, windowLength, windowStart);
                PageHeader header = PageHeader.read(in);
                headerLength = in.position() - from;
                return header;
            } catch (CorruptFile failure) {
                // A header that the window cuts off looks corrupt: it is only if more bytes do not mend it.
                if (complete || windowLength - from >= MAX_HEADER) {
                    throw failure;
                }
                if (from == 0) {
                    size = Math.min(MAX_HEADER, Math.multiplyExact(size, 4));
                }
                fill(size);
            }
        }
    }

    private void fill(int size) {
        if (window.length < size) {
            window = new byte[size];
        }
        windowStart = position;
        windowLength = (int) Math.min(window.length, limit() - position);
        source.read(windowStart, window, 0, windowLength);
    }

    private long limit() {
        return Math.min(source.size(), chunkEnd + UNCOUNTED_HEADER);
    }
}
