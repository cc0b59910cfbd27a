package io.glulam.join;

import io.glulam.error.CorruptFile;
import io.glulam.error.GlulamException;
import io.glulam.error.Place;
import io.glulam.footer.ChunkMove;
import io.glulam.footer.Footer;
import io.glulam.footer.FooterJoiner;
import io.glulam.footer.FooterReader;
import io.glulam.format.ColumnChunk;
import io.glulam.statistics.BloomFilterHeader;
import io.glulam.statistics.OffsetIndex;
import io.glulam.storage.RangeReader;
import io.glulam.storage.RangeSpool;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Makes the joined object of some inputs: lays their regions one after the other and makes the tail. Of the page indexes,
 * only offset indexes hold absolute positions, so that only they are written anew; column indexes and bloom filters stay in
 * their files, unless they lie outside of the region. One footer is in memory at a time. For one object; not thread-safe.
 */
public final class JoinBuilder {
    /** An index longer than this is no index; reading it would not fit the memory. */
    private static final int MAX_INDEX = 16 << 20;

    private final List<Slice> slices;
    private final FooterJoiner.Header header;
    private final long memoryBytes;
    private final PinnedInputs inputs;
    private final TailSpool indexes;
    private final TailSpool entries;
    private final RangeSpool.Factory spools;
    private final FooterJoiner footers;
    private final long[] bases;
    private final Set<String> dropped = new LinkedHashSet<>();

    /**
     * @param slices in the order of the output's rows
     * @param header what the footer says besides its row groups
     * @param memoryBytes what buffers may take; longer footers are read through windows
     * @param spools makes places for what the tail holds beyond a mebibyte
     * @param strict whether a field that cannot be carried on is refused instead of dropped
     */
    public JoinBuilder(
            List<Slice> slices,
            FooterJoiner.Header header,
            long memoryBytes,
            RangeSpool.Factory spools,
            boolean strict) {
        this.slices = List.copyOf(slices);
        this.header = header;
        this.memoryBytes = memoryBytes;
        this.inputs = new PinnedInputs(slices.stream().map(Slice::input).toList(), PinnedInputs.MAX_OPEN);
        this.spools = spools;
        this.indexes = new TailSpool(spools);
        this.entries = new TailSpool(spools);
        this.footers = new FooterJoiner(entries::append, strict);
        this.bases = new long[slices.size() + 1];
        // A file begins with the magic; where no input's beginning does that, it is made.
        bases[0] = slices.get(0).start() == 0 ? 0 : JoinedReader.MAGIC.length;
        for (int i = 0; i < slices.size(); i++) {
            bases[i + 1] = Math.addExact(bases[i], slices.get(i).length());
        }
    }

    /**
     * Reads the inputs' footers and offset indexes; makes the object. The caller closes it.
     *
     * @throws CorruptFile if a footer is wrong
     * @throws io.glulam.error.SourceChanged if an input is no longer the version that was pinned
     */
    public JoinedReader build() {
        boolean built = false;
        try {
            int[] firstRowGroups = new int[slices.size() + 1];
            for (int i = 0; i < slices.size(); i++) {
                int input = i;
                inputs.with(i, reader -> add(input, reader));
                firstRowGroups[i + 1] = footers.rowGroups();
            }
            TailSpool head = spool(footers.head(header));
            TailSpool end = spool(footers.tail(header, entries.size()));
            long[] starts = slices.stream().mapToLong(Slice::start).toArray();
            JoinedReader joined = new JoinedReader(
                    inputs,
                    starts,
                    bases,
                    firstRowGroups,
                    slices.get(0).from() == 0,
                    List.of(indexes, head, entries, end));
            built = true;
            return joined;
        } finally {
            if (!built) {
                inputs.close();
                indexes.close();
                entries.close();
            }
        }
    }

    private TailSpool spool(byte[] bytes) {
        TailSpool spool = new TailSpool(spools);
        spool.append(bytes, 0, bytes.length);
        return spool;
    }

    /** What the joined object does not carry on of the inputs, for people. Complete once it is built. */
    public List<String> dropped() {
        List<String> all = new ArrayList<>();
        footers.droppedFields().forEach(field -> all.add(field.thriftPath() + ": " + field.reason()));
        all.addAll(dropped);
        return List.copyOf(all);
    }

    private void add(int index, RangeReader reader) {
        Slice slice = slices.get(index);
        try {
            Footer footer = FooterReader.read(reader, memoryBytes);
            InputTail tail = new InputTail(slice, reader, bases[index] - slice.start());
            footers.add(footer, slice.from(), slice.to(), rowGroup -> tail.moves(footer, rowGroup));
        } catch (GlulamException failure) {
            throw failure.within(Place.of(reader.name()));
        }
    }

    /** Finds a place for what belongs to the chunks of one input. */
    private final class InputTail {
        private final Slice slice;
        private final RangeReader reader;
        private final long shift;

        InputTail(Slice slice, RangeReader reader, long shift) {
            this.slice = slice;
            this.reader = reader;
            this.shift = shift;
        }

        List<ChunkMove> moves(Footer footer, int rowGroup) {
            List<ChunkMove> moves = new ArrayList<>(footer.schema().leaves().size());
            for (int leaf = 0; leaf < footer.schema().leaves().size(); leaf++) {
                moves.add(move(footer.chunk(rowGroup, leaf)));
            }
            return moves;
        }

        private ChunkMove move(ColumnChunk chunk) {
            byte[] offsetIndex = offsetIndex(chunk);
            return new ChunkMove(
                    shift,
                    bloomFilter(chunk),
                    offsetIndex.length == 0 ? 0 : made(offsetIndex),
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
        private long bloomFilter(ColumnChunk chunk) {
            long offset = chunk.bloomFilterOffset();
            int length = chunk.bloomFilterLength();
            if (offset > 0 && length < 0 && !slice.holds(offset, 1)) {
                byte[] start = read(offset, (int) Math.min(BloomFilterHeader.MAXIMUM_LENGTH, reader.size() - offset));
                try {
                    length = BloomFilterHeader.parse(start, 0, start.length, offset)
                            .totalLength();
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
            return fits(offset, length, what) ? made(read(offset, length)) : 0;
        }

        private boolean isUsable(long offset, String what) {
            if (offset == ColumnChunk.UNUSABLE) {
                dropped.add(reader.name() + ": " + what + " that does not lie within the file's data");
            }
            return offset > 0;
        }

        private long made(byte[] bytes) {
            long position = bases[bases.length - 1] + indexes.size();
            indexes.append(bytes, 0, bytes.length);
            return position;
        }

        private boolean fits(long offset, int length, String what) {
            if (length > 0 && length <= MAX_INDEX && offset <= reader.size() - length) {
                return true;
            }
            dropped.add(
                    reader.name() + ": " + what + " of " + length + " bytes at " + offset + ", which cannot be true");
            return false;
        }

        private byte[] read(long offset, int length) {
            byte[] bytes = new byte[length];
            reader.read(offset, ByteBuffer.wrap(bytes));
            return bytes;
        }
    }
}
