package io.glulam.join;

import io.glulam.adapt.ChunkSink;
import io.glulam.adapt.CutPages;
import io.glulam.error.CorruptFile;
import io.glulam.error.GlulamException;
import io.glulam.error.Place;
import io.glulam.footer.Footer;
import io.glulam.footer.FooterJoiner;
import io.glulam.footer.FooterReader;
import io.glulam.footer.KnownSchema;
import io.glulam.format.Schema;
import io.glulam.format.ThriftReader;
import io.glulam.page.codec.KeptCodecs;
import io.glulam.page.codec.PageCodecs;
import io.glulam.pipeline.ExecutionResources;
import io.glulam.pipeline.Spool;
import io.glulam.storage.RangeReader;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Makes the joined object of some inputs: lays their regions one after the other and makes the tail. Of the page indexes,
 * only offset indexes hold absolute positions, so that only they are written anew; column indexes and bloom filters stay in
 * their files, unless they lie outside of the region. One footer is in memory at a time. For one object; not thread-safe.
 */
public final class JoinBuilder {
    /** Bytes of each part of the tail that are held in memory. */
    private static final int TAIL_MEMORY = 1 << 20;

    private final List<Slice> slices;
    private final JoinedForm form;
    private final ExecutionResources resources;
    private final KeptCodecs codecs;
    private final PinnedInputs inputs;
    private final Function<List<Input>, String> version;
    private final Spool made;
    private final Spool head;
    private final Spool entries;
    private final Spool end;
    private final FooterJoiner footers;
    private final KnownSchema known = new KnownSchema();
    private final Regions regions;
    private final JoinedRowGroups rowGroups;
    private final InputWriters writers;
    private final Set<String> dropped = new LinkedHashSet<>();
    private final JoinContext context;
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
        this.resources = resources;
        this.codecs = new KeptCodecs(codecs);
        this.inputs = new PinnedInputs(Slice.inputs(slices), maxOpen);
        this.version = version;
        this.made = new Spool(TAIL_MEMORY, resources::newOverflow);
        this.head = new Spool(TAIL_MEMORY, resources::newOverflow);
        this.entries = new Spool(TAIL_MEMORY, resources::newOverflow);
        this.end = new Spool(TAIL_MEMORY, resources::newOverflow);
        this.footers = new FooterJoiner(entries::append, strict);
        this.regions = Regions.of(slices);
        this.rowGroups = new JoinedRowGroups(slices.size(), slices.get(0).from() == 0);
        this.writers = new InputWriters(slices.size(), form.trust());
        this.context = new JoinContext(
                form,
                schema(form.header()),
                this.codecs,
                resources,
                comparesValues,
                new ChunkSink(made, regions.end()),
                footers);
    }

    private static Schema schema(FooterJoiner.Header header) {
        byte[] raw = header.schema();
        Schema types = Schema.read(new ThriftReader(raw, 0, raw.length, 0));
        byte[] orders = header.columnOrders();
        return orders == null ? types : types.withColumnOrders(new ThriftReader(orders, 0, orders.length, 0));
    }

    /**
     * Reads the inputs' footers and offset indexes; makes the column chunks that have to be in another form; makes the object.
     * The caller closes its reader. To be called once.
     *
     * @throws CorruptFile if a footer is wrong
     * @throws io.glulam.error.SourceChanged if an input is no longer the version that was pinned
     */
    public Joined build() {
        List<Spool> tail = List.of(made, head, entries, end);
        boolean built = false;
        try {
            addAll();
            append(head, footers.head(form.header()));
            append(end, footers.tail(form.header(), entries.size()));
            JoinedReader reader = new JoinedReader(
                    inputs, version.apply(inputs.inputs()), regions, rowGroups, writers, form.leavesOut(), tail);
            built = true;
            return new Joined(reader, allDropped(), cutPages);
        } finally {
            codecs.close();
            if (!built) {
                inputs.close();
                tail.forEach(Spool::close);
            }
        }
    }

    private static void append(Spool spool, byte[] bytes) {
        spool.append(bytes, 0, bytes.length);
    }

    private List<String> allDropped() {
        List<String> all = new ArrayList<>();
        footers.droppedFields().forEach(field -> all.add(field.thriftPath() + ": " + field.reason()));
        all.addAll(dropped);
        return List.copyOf(all);
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
            InputTail tail = new InputTail(slices.get(index), reader, regions.shift(index), context.made(), dropped);
            return new InputColumns(
                    context,
                    footer,
                    tail,
                    form.fits().of(index, footer),
                    form.fits().deleted(index));
        }
    }

    private void addColumns(int index, InputColumns columns) {
        Slice slice = slices.get(index);
        writers.set(index, columns.footer());
        footers.add(columns.footer(), slice.from(), slice.to(), columns);
        rowGroups.add(index, footers.rowGroups(), columns.areCut());
        cutPages = cutPages.plus(columns.cutPages());
    }
}
