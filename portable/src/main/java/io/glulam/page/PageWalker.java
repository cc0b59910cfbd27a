package io.glulam.page;

import io.glulam.error.CorruptFile;
import io.glulam.error.Place;
import io.glulam.format.ColumnChunk;
import io.glulam.format.PageType;
import io.glulam.format.ThriftReader;
import org.jspecify.annotations.Nullable;

/**
 * Steps through the page headers of one column chunk without reading bodies. Offsets and sizes in footers lie, so it
 * goes by what the headers say: from the chunk's first byte until the footer's number of values has been seen, then past
 * pages without values that lie within the chunk's size. Whatever else follows there is not the chunk's: its size is too
 * large, as some writers have it. Not thread-safe; reusable by {@link #start}.
 */
public final class PageWalker {
    /**
     * Bytes by which a chunk may be longer than its size says: parquet-mr before 1.2.9 leaves out the header of the dictionary
     * page (PARQUET-816). parquet-java's reader allows for 100 bytes.
     */
    public static final int MAX_UNCOUNTED_HEADER = 128;

    /** Statistics of long strings make headers long, but no sane writer passes this. */
    private static final int MAX_HEADER = 16 << 20;

    /** Pages without values have no bounds to make their headers long. */
    private static final int MAX_TRAILING_HEADER = 256;

    /** Of a short chunk, one part in so many is read at once: bodies are most of it. */
    private static final int WINDOWS_IN_CHUNK = 8;

    /** Most headers without statistics are shorter. */
    private static final int MIN_WINDOW = 64;

    private final ByteSource source;
    private final int windowSize;
    private byte[] window;
    private int chunkWindow;
    private long windowStart;
    private int windowLength;
    private long chunkEnd;
    private long valuesLeft;
    private long nextPosition;
    private long position;
    private int headerLength;
    private boolean ended;

    /** @param windowSize bytes read at once, fewer of short chunks; small where pages are long, large where they are short */
    public PageWalker(ByteSource source, int windowSize) {
        this.source = source;
        this.windowSize = windowSize;
        this.window = new byte[windowSize];
    }

    /** Starts at the first page of {@code chunk}. */
    public void start(ColumnChunk chunk) {
        nextPosition = chunk.start();
        chunkEnd = Math.addExact(nextPosition, chunk.compressedSize());
        valuesLeft = chunk.valueCount();
        windowLength = 0;
        chunkWindow = (int) Math.min(windowSize, Math.max(MIN_WINDOW, chunk.compressedSize() / WINDOWS_IN_CHUNK));
        ended = false;
    }

    /**
     * Moves to the next page.
     *
     * @return its header; null after the chunk's last page
     * @throws CorruptFile if the pages go on after the chunk's end, or hold other than its number of values
     */
    public @Nullable PageHeader next() {
        if (valuesLeft <= 0) {
            return nextWithoutValues();
        }
        position = nextPosition;
        PageHeader header = readHeader(MAX_HEADER);
        nextPosition = position + headerLength + header.compressedSize();
        if (nextPosition > chunkEnd + MAX_UNCOUNTED_HEADER || nextPosition > source.size()) {
            throw new CorruptFile(
                    Place.at(position),
                    "a page that ends at " + nextPosition + ", after its column chunk's end at " + chunkEnd);
        }
        if (header.isData()) {
            valuesLeft -= header.valueCount();
            if (valuesLeft < 0) {
                throw new CorruptFile(Place.at(position), "pages hold more values than their column chunk");
            }
        }
        return header;
    }

    /** All values have been seen: only a page without any still belongs to the chunk. */
    private @Nullable PageHeader nextWithoutValues() {
        if (ended || nextPosition >= Math.min(chunkEnd, source.size())) {
            return null;
        }
        position = nextPosition;
        PageHeader header = trailingHeader();
        if (header == null) {
            ended = true;
            return null;
        }
        nextPosition = position + headerLength + header.compressedSize();
        return header;
    }

    private @Nullable PageHeader trailingHeader() {
        PageHeader header;
        try {
            header = readHeader(MAX_TRAILING_HEADER);
        } catch (CorruptFile notOfThisChunk) {
            return null;
        }
        boolean belongs = header.type() != PageType.DICTIONARY_PAGE && !(header.isData() && header.valueCount() > 0);
        return belongs && position + headerLength + header.compressedSize() <= chunkEnd ? header : null;
    }

    /** One past the last byte of the pages that {@link #next} returned. */
    public long end() {
        return nextPosition;
    }

    /** Offset in the object of the header that {@link #next} returned. */
    public long position() {
        return position;
    }

    /** Its length in bytes; the body follows. */
    public int headerLength() {
        return headerLength;
    }

    private PageHeader readHeader(int maxLength) {
        if (position >= Math.min(chunkEnd, source.size())) {
            throw new CorruptFile(Place.at(position), "the column chunk's pages end " + valuesLeft + " values early");
        }
        int size = chunkWindow;
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
                if (complete || windowLength - from >= maxLength) {
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
        windowLength = (int) Math.min(size, limit() - position);
        source.read(windowStart, window, 0, windowLength);
    }

    private long limit() {
        return Math.min(source.size(), chunkEnd + MAX_UNCOUNTED_HEADER);
    }
}
