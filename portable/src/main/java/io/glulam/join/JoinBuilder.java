package io.glulam.join;

import io.glulam.adapt.AdaptedColumn;
import io.glulam.adapt.ChunkAdapter;
import io.glulam.adapt.ChunkSink;
import io.glulam.adapt.CutPages;
import io.glulam.error.CorruptFile;
import io.glulam.error.GlulamException;
import io.glulam.error.Place;
import io.glulam.footer.ChunkMove;
import io.glulam.footer.ColumnPlace;
import io.glulam.footer.Footer;
import io.glulam.footer.FooterJoiner;
import io.glulam.footer.FooterReader;
import io.glulam.format.ColumnChunk;
import io.glulam.format.Leaf;
import io.glulam.format.Schema;
import io.glulam.format.ThriftReader;
import io.glulam.page.codec.PageCodecs;
import io.glulam.schema.ColumnFit;
import io.glulam.shape.DeletedRows;
import io.glulam.source.SourceFile;
import io.glulam.statistics.BloomFilterHeader;
import io.glulam.statistics.OffsetIndex;
import io.glulam.storage.RangeReader;
import io.glulam.storage.RangeSpool;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Makes the joined object of some inputs: lays their regions one after the other and makes the tail. Of the page indexes,
 * only offset indexes hold absolute positions, so that only they are written anew; column indexes and bloom filters stay in
 * their files, unless they lie outside of the region. One footer is in memory at a time. For one object; not thread-safe.
 */
public final class JoinBuilder {
    /** An index longer than this is no index; reading it would not fit the memory. */
    private static final int MAX_INDEX = 16 << 20;

    private final List<Slice> slices;
    private final JoinedForm form;
    private final Schema schema;
    private final long memoryBytes;
    private final PageCodecs codecs;
    private final PinnedInputs inputs;
    private final Function<List<Input>, String> version;
    private final TailSpool made;
    private final TailSpool entries;
    private final RangeSpool.Factory spools;
    private final FooterJoiner footers;
    private final long[] bases;
    private final Set<String> dropped = new LinkedHashSet<>();
    private final boolean comparesValues;
    private final BitSet cutRowGroups = new BitSet();
    private CutPages cutPages = CutPages.NONE;

    /**
     * @param slices in the order of the output's rows; must not change
     * @param form what the joined file looks like
     * @param memoryBytes what buffers may take; longer footers are read through windows
     * @param codecs of the platform
     * @param spools makes places for what the tail holds beyond a mebibyte
     * @param version gives one version that stands for those of the inputs, in their order
     * @param strict whether a field that cannot be carried on is refused instead of dropped
     * @param comparesValues whether columns in which rows are deleted are decoded and held against the input's
     */
    public JoinBuilder(
            List<Slice> slices,
            JoinedForm form,
            long memoryBytes,
            PageCodecs codecs,
            RangeSpool.Factory spools,
            Function<List<Input>, String> version,
            boolean strict,
            boolean comparesValues) {
        this.slices = slices; // Not copied: it may make each when it is asked for.
        this.form = form;
        this.comparesValues = comparesValues;
        this.schema = schema(form.header());
        this.memoryBytes = memoryBytes;
        this.codecs = codecs;
        this.inputs = new PinnedInputs(Slice.inputs(slices), PinnedInputs.MAX_OPEN);
        this.spools = spools;
        this.version = version;
        this.made = new TailSpool(spools);
        this.entries = new TailSpool(spools);
        this.footers = new FooterJoiner(entries::append, strict);
        this.bases = new long[slices.size() + 1];
        // A file begins with the magic; where no input's beginning does that, it is made.
        bases[0] = slices.get(0).start() == 0 ? 0 : JoinedReader.MAGIC.length;
        for (int i = 0; i < slices.size(); i++) {
            bases[i + 1] = Math.addExact(bases[i], slices.get(i).length());
        }
    }

    private static Schema schema(FooterJoiner.Header header) {
        byte[] raw = header.schema();
        Schema types = Schema.read(new ThriftReader(raw, 0, raw.length, 0));
        byte[] orders = header.columnOrders();
        return orders == null ? types : types.withColumnOrders(new ThriftReader(orders, 0, orders.length, 0));
    }

    /**
     * Reads the inputs' footers and offset indexes; makes the column chunks that have to be in another form; makes the object. The caller closes it.
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
            TailSpool head = spool(footers.head(form.header()));
            TailSpool end = spool(footers.tail(form.header(), entries.size()));
            long[] starts = slices.stream().mapToLong(Slice::start).toArray();
            JoinedReader joined = new JoinedReader(
                    inputs,
                    version.apply(inputs.inputs()),
                    starts,
                    bases,
                    firstRowGroups,
                    slices.get(0).from() == 0,
                    form.leavesOut(),
                    cutRowGroups,
                    List.of(made, head, entries, end));
            built = true;
            return joined;
        } finally {
            if (!built) {
                inputs.close();
                made.close();
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

    /** What became of the pages of columns in which rows are deleted. Complete once the object is built. */
    public CutPages cutPages() {
        return cutPages;
    }

    private void add(int index, RangeReader reader) {
        Slice slice = slices.get(index);
        try {
            Footer footer = FooterReader.read(reader, memoryBytes);
            InputTail tail = new InputTail(slice, reader, bases[index] - slice.start());
            DeletedRows deleted = form.fits().deleted(index);
            InputColumns columns = new InputColumns(footer, tail, form.fits().of(index, footer), deleted);
            int first = footers.rowGroups();
            footers.add(footer, slice.from(), slice.to(), columns);
            if (!deleted.isEmpty()) {
                cutRowGroups.set(first, footers.rowGroups());
            }
            cutPages = cutPages.plus(columns.adapter.cutPages());
        } catch (GlulamException failure) {
            throw failure.within(Place.of(reader.name()));
        }
    }

    /** Where the output's columns get their chunks from in one input. */
    private final class InputColumns implements FooterJoiner.Places {
        private final Footer footer;
        private final InputTail tail;
        private final List<ColumnFit> columnFits;
        private final ChunkAdapter adapter;

        InputColumns(Footer footer, InputTail tail, List<ColumnFit> columnFits, DeletedRows deleted) {
            this.footer = footer;
            this.tail = tail;
            this.columnFits = columnFits;
            this.adapter = new ChunkAdapter(
                    SourceFile.of(tail.reader, footer, memoryBytes, codecs),
                    deleted,
                    comparesValues,
                    new MadeChunks(),
                    spools);
        }

        @Override
        public long rows(int rowGroup, long all) {
            return all - adapter.deletedIn(rowGroup).cardinality();
        }

        @Override
        public List<ColumnPlace> of(int rowGroup) {
            List<ColumnPlace> places = new ArrayList<>(columnFits.size());
            for (int i = 0; i < columnFits.size(); i++) {
                places.add(place(rowGroup, schema.leaves().get(i), columnFits.get(i)));
            }
            return places;
        }

        private ColumnPlace place(int rowGroup, Leaf leaf, ColumnFit given) {
            ColumnFit fit = given instanceof ColumnFit.Filled filled && !adapter.hasNulls(rowGroup, given.column())
                    ? filled.unfilled()
                    : given;
            ColumnChunk chunk = footer.chunk(rowGroup, fit.column());
            boolean cut = !adapter.deletedIn(rowGroup).isEmpty();
            if (fit instanceof ColumnFit.AsIs && !cut) {
                List<String> path = footer.schema().leaves().get(fit.column()).path();
                return new ColumnPlace.Moved(
                        fit.column(), tail.move(chunk), path.equals(leaf.path()) ? null : leaf.path());
            }
            AdaptedColumn column = new AdaptedColumn(leaf, fit, form.dictionaryEncoding(leaf, fit));
            boolean sameValues = fit instanceof ColumnFit.OtherLevels || fit instanceof ColumnFit.AsIs;
            long bloomFilter = sameValues ? tail.bloomFilter(chunk) : 0;
            ColumnChunk made = adapter.adapt(rowGroup, column, bloomFilter);
            boolean keepsOrder = fit.hasValues() && !(fit instanceof ColumnFit.Filled);
            return new ColumnPlace.Made(keepsOrder ? fit.column() : -1, leaf, made);
        }
    }

    /** Made chunks lie in the tail. */
    private final class MadeChunks implements ChunkSink {
        @Override
        public long position() {
            return bases[bases.length - 1] + made.size();
        }

        @Override
        public void append(byte[] bytes, int from, int length) {
            made.append(bytes, from, length);
        }

        @Override
        public void read(long position, ByteBuffer target) {
            made.read(position - bases[bases.length - 1], target);
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

        ChunkMove move(ColumnChunk chunk) {
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
        long bloomFilter(ColumnChunk chunk) {
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
            long position = bases[bases.length - 1] + made.size();
            made.append(bytes, 0, bytes.length);
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
