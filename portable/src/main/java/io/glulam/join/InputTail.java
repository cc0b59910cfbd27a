package io.glulam.join;

import io.glulam.adapt.ChunkSink;
import io.glulam.error.CorruptFile;
import io.glulam.footer.ChunkMove;
import io.glulam.format.ColumnChunk;
import io.glulam.format.PageIndexLimits;
import io.glulam.statistics.BloomFilterHeader;
import io.glulam.statistics.OffsetIndex;
import io.glulam.storage.RangeReader;
import java.nio.ByteBuffer;
import java.util.Set;

/** Finds a place for what belongs to the chunks of one input. */
final class InputTail {
    private final Slice slice;
    private final RangeReader reader;
    private final long shift;
    private final ChunkSink made;
    private final Set<String> dropped;

    /**
     * @param shift from a place in the input's region to the same in the joined object
     * @param made takes what has to be made
     * @param dropped takes what is left out, for people
     */
    InputTail(Slice slice, RangeReader reader, long shift, ChunkSink made, Set<String> dropped) {
        this.slice = slice;
        this.reader = reader;
        this.shift = shift;
        this.made = made;
        this.dropped = dropped;
    }

    /** The reader of the input. */
    RangeReader reader() {
        return reader;
    }

    ChunkMove move(ColumnChunk chunk) {
        byte[] offsetIndex = offsetIndex(chunk);
        return new ChunkMove(
                shift,
                bloomFilter(chunk),
                offsetIndex.length == 0 ? 0 : made.append(offsetIndex),
                offsetIndex.length,
                place(chunk.columnIndexOffset(), chunk.columnIndexLength(), "a column index"),
                chunk.columnIndexLength());
    }

    private byte[] offsetIndex(ColumnChunk chunk) {
        long offset = chunk.offsetIndexOffset();
        int length = chunk.offsetIndexLength();
        if (!isUsable(offset, "an offset index") || !fits(offset, length, "an offset index")) {
            return new byte[0];
        }
        try {
            return OffsetIndex.relocate(read(offset, length), offset, shift);
        } catch (CorruptFile failure) {
            dropped.add(reader.name() + ": an offset index that cannot be read: " + failure.getMessage());
            return new byte[0];
        }
    }

    /** A bloom filter's length may be absent; then its header tells. */
    long bloomFilter(ColumnChunk chunk) {
        long offset = chunk.bloomFilterOffset();
        int length = chunk.bloomFilterLength();
        if (offset > 0 && length < 0 && !slice.holds(offset, 1)) {
            byte[] start = read(offset, (int) Math.min(BloomFilterHeader.MAX_LENGTH, reader.size() - offset));
            try {
                length = BloomFilterHeader.parse(start, 0, start.length, offset).totalLength();
            } catch (CorruptFile failure) {
                dropped.add(reader.name() + ": a bloom filter of unknown length: " + failure.getMessage());
                return 0;
            }
        }
        return place(offset, Math.max(1, length), "a bloom filter");
    }

    /** Where that lies in the joined object; 0 if it is not there. */
    private long place(long offset, int length, String what) {
        if (!isUsable(offset, what)) {
            return 0;
        }
        if (slice.holds(offset, length)) {
            return offset + shift;
        }
        return fits(offset, length, what) ? made.append(read(offset, length)) : 0;
    }

    private boolean isUsable(long offset, String what) {
        if (offset == ColumnChunk.UNUSABLE) {
            dropped.add(reader.name() + ": " + what + " that does not lie within the file's data");
        }
        return offset > 0;
    }

    private boolean fits(long offset, int length, String what) {
        if (length > 0 && length <= PageIndexLimits.MAX_BYTES && offset <= reader.size() - length) {
            return true;
        }
        dropped.add(reader.name() + ": " + what + " of " + length + " bytes at " + offset + ", which cannot be true");
        return false;
    }

    private byte[] read(long offset, int length) {
        byte[] bytes = new byte[length];
        reader.read(offset, ByteBuffer.wrap(bytes));
        return bytes;
    }
}
