package io.glulam.execute;

import io.glulam.footer.ChunkEntry;
import io.glulam.format.ColumnChunk;
import io.glulam.format.Leaf;
import io.glulam.format.ThriftWriter;
import io.glulam.splice.MergedChunk;
import io.glulam.statistics.BloomFilter;
import io.glulam.statistics.ColumnIndex;
import io.glulam.statistics.OffsetIndex;
import io.glulam.storage.RangeSpool;
import java.util.function.Consumer;

/**
 * Keeps the facts of the output's column chunks until its tail is written, in the order of the output: of merged ones
 * their footer entries, indexes and bloom filters; of kept ones how far they moved. Spooled, so that it takes the same
 * memory for millions of chunks. Not thread-safe.
 */
final class TailLog implements AutoCloseable {
    private final SpooledLog entries;
    private final SpooledLog bloomFilters;
    private final SpooledLog columnIndexes;
    private final SpooledLog offsetIndexes;
    private final SpooledLog moves;

    /** @param overflows makes the places for what does not fit the memory */
    TailLog(RangeSpool.Factory overflows) {
        entries = new SpooledLog(overflows);
        bloomFilters = new SpooledLog(overflows);
        columnIndexes = new SpooledLog(overflows);
        offsetIndexes = new SpooledLog(overflows);
        moves = new SpooledLog(overflows);
    }

    /** Adds the next chunk of a merged row group. */
    void add(Leaf leaf, MergedChunk chunk) {
        entries.add(ChunkEntry.write(leaf, chunk.chunk()));
        BloomFilter filter = chunk.bloomFilter();
        bloomFilters.add(filter == null ? null : filter.toByteArray());
        ColumnIndex columnIndex = chunk.columnIndex();
        columnIndexes.add(columnIndex == null ? null : bytes(columnIndex::write));
        OffsetIndex offsetIndex = chunk.offsetIndex();
        offsetIndexes.add(offsetIndex == null ? null : bytes(offsetIndex::write));
    }

    private static byte[] bytes(Consumer<ThriftWriter> struct) {
        ThriftWriter out = new ThriftWriter(256);
        struct.accept(out);
        return out.toByteArray();
    }

    /**
     * Adds the chunks of a kept row group.
     *
     * @param shifts new minus old offset of each
     * @param surplus bytes by which each one's size was too large
     */
    void add(long[] shifts, long[] surplus) {
        int from = 0;
        while (from < shifts.length) {
            int to = from + 1;
            while (to < shifts.length && shifts[to] == shifts[from] && surplus[to] == surplus[from]) {
                to++;
            }
            moves.add(to - from);
            moves.add(shifts[from]);
            moves.add(surplus[from]);
            from = to;
        }
    }

    /** Reads how far kept chunks moved, in their order. */
    final class Moves {
        private final SpooledLog.Reader in = moves.reader();
        private long left;
        private long shift;
        private long surplus;

        /** Goes to the next chunk. */
        void next() {
            if (left == 0) {
                left = in.number();
                shift = in.number();
                surplus = in.number();
            }
            left--;
        }

        /** New minus old offset. */
        long shift() {
            return shift;
        }

        /** Bytes by which the size was too large. */
        long surplus() {
            return surplus;
        }
    }

    /** Of the kept chunks, from the first. */
    Moves moves() {
        return new Moves();
    }

    /** Of the merged chunks, to be parsed by {@link #entry}. */
    SpooledLog.Reader entries() {
        return entries.reader();
    }

    /** The footer entry that is next in {@code entries}, without indexes and bloom filter. */
    static ColumnChunk entry(SpooledLog.Reader entries) {
        byte[] entry = entries.bytes();
        if (entry == null) {
            throw new IllegalStateException("a chunk without an entry");
        }
        return ChunkEntry.read(entry);
    }

    /** Of the merged chunks; null for one without. */
    SpooledLog.Reader bloomFilters() {
        return bloomFilters.reader();
    }

    /** Of the merged chunks; null for one without. */
    SpooledLog.Reader columnIndexes() {
        return columnIndexes.reader();
    }

    /** Of the merged chunks; null for one without. */
    SpooledLog.Reader offsetIndexes() {
        return offsetIndexes.reader();
    }

    @Override
    public void close() {
        entries.close();
        bloomFilters.close();
        columnIndexes.close();
        offsetIndexes.close();
        moves.close();
    }
}
