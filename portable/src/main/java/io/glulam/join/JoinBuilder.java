package io.glulam.join;

import io.glulam.adapt.AdaptedColumn;
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
import io.glulam.footer.KnownSchema;
import io.glulam.format.ColumnChunk;
import io.glulam.format.Leaf;
import io.glulam.format.Schema;
import io.glulam.format.ThriftReader;
import io.glulam.page.codec.KeptCodecs;
import io.glulam.page.codec.PageCodecs;
import io.glulam.pipeline.ExecutionResources;
import io.glulam.schema.ColumnFit;
import io.glulam.shape.DeletedRows;
import io.glulam.source.SourceFile;
import io.glulam.storage.RangeReader;
import io.glulam.storage.RangeSpool;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes the joined object of some inputs: lays their regions one after the other and makes the tail. Of the page indexes,
 * only offset indexes hold absolute positions, so that only they are written anew; column indexes and bloom filters stay in
 * their files, unless they lie outside of the region. One footer is in memory at a time. For one object; not thread-safe.
 */
public final class JoinBuilder {
    /** Bytes of chunks that are made ahead of a small input's turn, for each of its bytes. */
    private static final int MADE_PER_BYTE = 2;

    private static final String UNBELIEVED = ", which readers do not believe but would under the output's created_by";

    private final List<Slice> slices;
    private final JoinedForm form;
    private final Schema schema;
    private final ExecutionResources resources;
    private final KeptCodecs codecs;
    private final PinnedInputs inputs;
    private final Function<List<Input>, String> version;
    private final TailSpool made;
    private final TailSpool entries;
    private final RangeSpool.Factory spools;
    private final FooterJoiner footers;
    private final KnownSchema known = new KnownSchema();
    private final long[] bases;
    private final InputWriters writers;
    private final Set<String> dropped = new LinkedHashSet<>();
    private final boolean comparesValues;
    private final BitSet cutRowGroups = new BitSet();
    private final int[] firstRowGroups;
    private CutPages cutPages = CutPages.NONE;

    /**
     * @param slices in the order of the output's rows; must not change
     * @param form what the joined file looks like
     * @param codecs of the platform
     * @param resources whose memory buffers may take (longer footers are read through windows), whose workers make chunks,
     *     and which hold what of the tail is more than a mebibyte
     * @param version gives one version that stands for those of the inputs, in their order
     * @param strict whether a field that cannot be carried on is refused instead of dropped
     * @param comparesValues whether columns in which rows are deleted are decoded and held against the input's
     * @param maxOpen inputs that stay open while they are not read
     */
    public JoinBuilder(
            List<Slice> slices,
            JoinedForm form,
            PageCodecs codecs,
            ExecutionResources resources,
            Function<List<Input>, String> version,
            boolean strict,
            boolean comparesValues,
            int maxOpen) {
        this.slices = slices; // Not copied: it may make each when it is asked for.
        this.form = form;
        this.comparesValues = comparesValues;
        this.schema = schema(form.header());
        this.resources = resources;
        this.codecs = new KeptCodecs(codecs);
        this.inputs = new PinnedInputs(Slice.inputs(slices), maxOpen);
        this.spools = resources::newOverflow;
        this.version = version;
        this.made = new TailSpool(spools);
        this.entries = new TailSpool(spools);
        this.footers = new FooterJoiner(entries::append, strict);
        this.writers = new InputWriters(slices.size(), form.trust());
        this.firstRowGroups = new int[slices.size() + 1];
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
            addAll();
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
                    writers,
                    List.of(made, head, entries, end));
            built = true;
            return joined;
        } finally {
            codecs.close();
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

    /** Returns what the joined object does not carry on of the inputs, for people. Complete once it is built. */
    public List<String> dropped() {
        List<String> all = new ArrayList<>();
        footers.droppedFields().forEach(field -> all.add(field.thriftPath() + ": " + field.reason()));
        all.addAll(dropped);
        return List.copyOf(all);
    }

    /** Returns the counts of pages of columns in which rows are deleted. Complete once the object is built. */
    public CutPages cutPages() {
        return cutPages;
    }

    private void addAll() {
        Reading reading = new Reading();
        SmallInputs<InputColumns> small = new SmallInputs<>(slices, inputs, resources, reading);
        int next = 0;
        while (next < slices.size()) {
            int end = small.addFrom(next);
            if (end == next) {
                reading.add(next);
                end++;
            }
            next = end;
        }
    }

    /** Reads inputs and adds them. */
    private final class Reading implements SmallInputs.Reading<InputColumns> {
        @Override
        public InputColumns read(int index, RangeReader reader) {
            InputColumns columns = open(index, reader);
            columns.makeSmall(slices.get(index));
            return columns;
        }

        @Override
        public void add(int index, RangeReader reader, InputColumns columns) {
            add(index, reader, () -> columns);
        }

        @Override
        public void add(int index) {
            inputs.with(index, reader -> add(index, reader, () -> open(index, reader)));
        }

        private void add(int index, RangeReader reader, Supplier<InputColumns> columns) {
            try {
                addColumns(index, columns.get());
            } catch (GlulamException failure) {
                throw failure.within(Place.of(reader.name()));
            }
        }

        private InputColumns open(int index, RangeReader reader) {
            Footer footer = FooterReader.read(reader, resources.bufferBytes(), known);
            Slice slice = slices.get(index);
            long end = bases[bases.length - 1];
            InputTail tail = new InputTail(slice, reader, bases[index] - slice.start(), made, end, dropped);
            return new InputColumns(
                    footer, tail, form.fits().of(index, footer), form.fits().deleted(index));
        }
    }

    private void addColumns(int index, InputColumns columns) {
        Slice slice = slices.get(index);
        writers.set(index, columns.footer);
        int first = footers.rowGroups();
        footers.add(columns.footer, slice.from(), slice.to(), columns);
        firstRowGroups[index + 1] = footers.rowGroups();
        if (!columns.deleted.isEmpty()) {
            cutRowGroups.set(first, footers.rowGroups());
        }
        cutPages = cutPages.plus(columns.chunks.cutPages());
    }

    /** Where the output's columns get their chunks from in one input. */
    private final class InputColumns implements FooterJoiner.Places, OrderedWork.Prepared {
        private final Footer footer;
        private final InputTail tail;
        private final List<ColumnFit> columnFits;
        private final DeletedRows deleted;
        private final SourceFile file;
        private final NewTrust change;
        private final ChunkMaker chunks;
        private @Nullable RowGroupColumns ahead;

        InputColumns(Footer footer, InputTail tail, List<ColumnFit> columnFits, DeletedRows deleted) {
            this.footer = footer;
            this.tail = tail;
            this.columnFits = columnFits;
            this.deleted = deleted;
            this.file = SourceFile.of(tail.reader(), footer, resources.bufferBytes(), codecs);
            this.change = new NewTrust(form.trust(), file.trust());
            this.chunks = new ChunkMaker(file, deleted, comparesValues, resources, new MadeChunks());
        }

        @Override
        public long rows(int rowGroup, long all) {
            return all - chunks.deletedIn(rowGroup).cardinality();
        }

        /** Makes the small chunks of a slice of one row group before it is asked for. Deletes have chunks made at once later. */
        void makeSmall(Slice slice) {
            if (slice.to() - slice.from() == 1 && deleted.isEmpty()) {
                RowGroupColumns columns = columns(slice.from());
                ahead = columns;
                columns.made().makeSmall(MADE_PER_BYTE * slice.input().size());
            }
        }

        @Override
        public List<ColumnPlace> of(int rowGroup) {
            RowGroupColumns columns = ahead == null ? columns(rowGroup) : ahead;
            ahead = null;
            List<ColumnPlace> places = new ArrayList<>(columnFits.size());
            try (ChunkMaker.RowGroup made = columns.made()) {
                for (AdaptedColumn column : columns.all()) {
                    places.add(moves(rowGroup, column) ? moved(rowGroup, column) : made(rowGroup, column, made));
                }
            }
            return places;
        }

        private RowGroupColumns columns(int rowGroup) {
            List<AdaptedColumn> columns = new ArrayList<>(columnFits.size());
            for (int i = 0; i < columnFits.size(); i++) {
                Leaf leaf = schema.leaves().get(i);
                ColumnFit fit = fit(rowGroup, columnFits.get(i));
                columns.add(new AdaptedColumn(leaf, fit, form.dictionaryEncoding(leaf, fit)));
            }
            return new RowGroupColumns(
                    columns,
                    chunks.begin(
                            rowGroup,
                            columns.stream()
                                    .filter(column -> !moves(rowGroup, column))
                                    .toList()));
        }

        @Override
        public void close() {
            if (ahead != null) {
                ahead.made().close();
            }
        }

        private ColumnFit fit(int rowGroup, ColumnFit fit) {
            return fit instanceof ColumnFit.Filled filled && !chunks.hasNulls(rowGroup, fit.column())
                    ? filled.unfilled()
                    : fit;
        }

        private boolean moves(int rowGroup, AdaptedColumn column) {
            return column.fit() instanceof ColumnFit.AsIs
                    && chunks.deletedIn(rowGroup).isEmpty();
        }

        private ColumnPlace moved(int rowGroup, AdaptedColumn column) {
            ColumnFit fit = column.fit();
            ColumnChunk chunk = footer.chunk(rowGroup, fit.column());
            Leaf own = footer.schema().leaves().get(fit.column());
            change.requireSamePages(file, rowGroup, own);
            ChunkMove move = tail.move(chunk);
            return new ColumnPlace.Moved(
                    fit.column(),
                    dropsBounds(fit, chunk) ? move.withoutClaimedBounds() : move,
                    own.path().equals(column.target().path())
                            ? null
                            : column.target().path());
        }

        private ColumnPlace made(int rowGroup, AdaptedColumn column, ChunkMaker.RowGroup all) {
            ColumnFit fit = column.fit();
            boolean sameValues = fit instanceof ColumnFit.OtherLevels || fit instanceof ColumnFit.AsIs;
            long bloomFilter = sameValues ? tail.bloomFilter(footer.chunk(rowGroup, fit.column())) : 0;
            ColumnChunk chunk = all.make(column, bloomFilter);
            if (sameValues && dropsBounds(fit, chunk)) {
                chunk = chunk.withoutBounds();
            }
            boolean keepsOrder = fit.hasValues() && !(fit instanceof ColumnFit.Filled);
            return new ColumnPlace.Made(keepsOrder ? fit.column() : -1, column.target(), chunk);
        }

        /** Whether a chunk has bounds that readers do not believe of the input's writer, but would of the output's. */
        private boolean dropsBounds(ColumnFit fit, ColumnChunk chunk) {
            boolean drops = chunk.isBounded()
                    && change.inBounds(footer.schema().leaves().get(fit.column()));
            if (drops) {
                footers.drop("ColumnMetaData.statistics", "bounds by " + NewTrust.name(change.own()) + UNBELIEVED);
            }
            return drops;
        }
    }

    /**
     * The output's columns in a row group.
     *
     * @param made those that do not move
     */
    private record RowGroupColumns(List<AdaptedColumn> all, ChunkMaker.RowGroup made) {}

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
}
