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
import io.glulam.footer.KnownSchema;
import io.glulam.format.ColumnChunk;
import io.glulam.format.Leaf;
import io.glulam.format.Schema;
import io.glulam.format.ThriftReader;
import io.glulam.page.codec.PageCodecs;
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

/**
 * Makes the joined object of some inputs: lays their regions one after the other and makes the tail. Of the page indexes,
 * only offset indexes hold absolute positions, so that only they are written anew; column indexes and bloom filters stay in
 * their files, unless they lie outside of the region. One footer is in memory at a time. For one object; not thread-safe.
 */
public final class JoinBuilder {
    private static final String UNBELIEVED = ", which readers do not believe but would under the output's created_by";

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
    private final KnownSchema known = new KnownSchema();
    private final long[] bases;
    private final InputWriters writers;
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
     * @param maxOpen inputs that stay open while they are not read
     */
    public JoinBuilder(
            List<Slice> slices,
            JoinedForm form,
            long memoryBytes,
            PageCodecs codecs,
            RangeSpool.Factory spools,
            Function<List<Input>, String> version,
            boolean strict,
            boolean comparesValues,
            int maxOpen) {
        this.slices = slices; // Not copied: it may make each when it is asked for.
        this.form = form;
        this.comparesValues = comparesValues;
        this.schema = schema(form.header());
        this.memoryBytes = memoryBytes;
        this.codecs = codecs;
        this.inputs = new PinnedInputs(Slice.inputs(slices), maxOpen);
        this.spools = spools;
        this.version = version;
        this.made = new TailSpool(spools);
        this.entries = new TailSpool(spools);
        this.footers = new FooterJoiner(entries::append, strict);
        this.writers = new InputWriters(slices.size(), form.trust());
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
                    writers,
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
            Footer footer = FooterReader.read(reader, memoryBytes, known);
            InputTail tail =
                    new InputTail(slice, reader, bases[index] - slice.start(), made, bases[bases.length - 1], dropped);
            DeletedRows deleted = form.fits().deleted(index);
            writers.set(index, footer);
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
        private final SourceFile file;
        private final NewTrust change;
        private final ChunkAdapter adapter;

        InputColumns(Footer footer, InputTail tail, List<ColumnFit> columnFits, DeletedRows deleted) {
            this.footer = footer;
            this.tail = tail;
            this.columnFits = columnFits;
            this.file = SourceFile.of(tail.reader(), footer, memoryBytes, codecs);
            this.change = new NewTrust(form.trust(), file.trust());
            this.adapter = new ChunkAdapter(file, deleted, comparesValues, new MadeChunks(), spools);
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
                Leaf own = footer.schema().leaves().get(fit.column());
                change.requireSamePages(file, rowGroup, own);
                ChunkMove move = tail.move(chunk);
                return new ColumnPlace.Moved(
                        fit.column(),
                        dropsBounds(fit, chunk) ? move.withoutClaimedBounds() : move,
                        own.path().equals(leaf.path()) ? null : leaf.path());
            }
            AdaptedColumn column = new AdaptedColumn(leaf, fit, form.dictionaryEncoding(leaf, fit));
            boolean sameValues = fit instanceof ColumnFit.OtherLevels || fit instanceof ColumnFit.AsIs;
            long bloomFilter = sameValues ? tail.bloomFilter(chunk) : 0;
            ColumnChunk made = adapter.adapt(rowGroup, column, bloomFilter);
            if (sameValues && dropsBounds(fit, made)) {
                made = made.withoutBounds();
            }
            boolean keepsOrder = fit.hasValues() && !(fit instanceof ColumnFit.Filled);
            return new ColumnPlace.Made(keepsOrder ? fit.column() : -1, leaf, made);
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
