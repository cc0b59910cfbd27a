package io.glulam;

import io.glulam.error.CorruptFile;
import io.glulam.error.GlulamException;
import io.glulam.error.Place;
import io.glulam.fetch.InputOpener;
import io.glulam.footer.Footer;
import io.glulam.footer.FooterReader;
import io.glulam.inputs.Candidate;
import io.glulam.join.Input;
import io.glulam.join.InputSpool;
import io.glulam.join.ShapeAgreement;
import io.glulam.join.Slice;
import io.glulam.shape.BloomFilterForm;
import io.glulam.shape.DeletedRows;
import io.glulam.shape.ShapedInput;
import io.glulam.storage.RangeReader;
import io.glulam.storage.Traffic;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Merges files of a table into one file whose form the table gives: its schema, its key-value metadata, and what its
 * columns hold for the rows of files that lack them. Rows keep the order of the inputs, and row groups are merged as
 * {@link Compactor} merges those of one file. Whether the files may be merged at all (deletes, partitions, other writers)
 * is the table's to know. Thread-safe: every call is a run of its own.
 *
 * <p>All methods throw {@link GlulamException} if they refuse or fail; nothing was published then.
 */
public final class ShapedMerger {
    private final CompactionOptions options;

    /** @param options how row groups are merged and what a run may use; {@code overwrite} is not looked at */
    public ShapedMerger(CompactionOptions options) {
        this.options = options.withOverwrite(false);
    }

    /**
     * Shows what {@link #write} would do, and refuses what it would refuse. Reads footers, page headers, dictionaries and
     * samples of values; small objects of stores are read whole.
     *
     * @throws io.glulam.error.Unsupported if an input does not fit into the shape
     * @throws IllegalArgumentException if a value that the merge gives is none of its column's
     */
    public PlanPreview preview(ShapedMerge merge) {
        try (Run run = new Run(merge)) {
            PlanPreview planned = run.joined().run(source -> new Compactor(options).preview(source, merge.target()));
            return new PlanPreview(
                    planned.plan(),
                    run.dropped(planned.dropped()),
                    planned.spent().plus(run.traffic()),
                    planned.expected().plus(run.traffic()));
        }
    }

    /**
     * Merges the inputs into one new file.
     *
     * @throws io.glulam.error.Unsupported if an input does not fit into the shape
     * @throws CorruptFile also if an input is not what the table's metadata says of it
     * @throws IllegalArgumentException if a value that the merge gives is none of its column's
     */
    public ShapedReport write(ShapedMerge merge) {
        try (Run run = new Run(merge)) {
            JoinedInputs joined = run.joined();
            Map<Integer, BloomFilterForm> filters = merge.shape().bloomFilters();
            WrittenFile written = new WrittenFile(filters.keySet());
            CompactionReport report =
                    joined.run(source -> new Compactor(options, written, filters).run(Job.of(source, merge.target())));
            List<String> dropped = new ArrayList<>(run.dropped(joined.builder().dropped()));
            return written.report(
                    run.finished(report),
                    run.rows,
                    run.deleted,
                    joined.builder().cutPages(),
                    dropped);
        }
    }

    /** One call: its inputs, pinned, and what they agree on. */
    private final class Run implements AutoCloseable {
        private final ShapedMerge merge;
        private final ShapeAgreement agreement;
        private final InputOpener opener;
        private final List<Slice> slices = new ArrayList<>();
        private final List<Long> rows = new ArrayList<>();
        private long deleted;

        Run(ShapedMerge merge) {
            this.merge = merge;
            agreement = new ShapeAgreement(merge.shape(), merge.inputs());
            opener = new InputOpener(new InputSpool(options.resources()::newSpool), options.bufferBytes());
            boolean scanned = false;
            try {
                List<Candidate> candidates = merge.inputs().stream()
                        .map(input -> new Candidate(input.object(), "", input.size(), null, false))
                        .toList();
                opener.forEach(candidates, (candidate, input, reader) -> add(input, reader));
                scanned = true;
            } finally {
                if (!scanned) {
                    opener.close();
                }
            }
        }

        private void add(Input input, RangeReader reader) {
            try {
                ShapedInput claims = merge.inputs().get(slices.size());
                require(claims.size(), reader.size(), "bytes");
                Footer footer = FooterReader.read(reader, options.bufferBytes());
                require(claims.rows(), footer.rowCount(), "rows");
                requireRows(claims.deleted(), footer.rowCount());
                agreement.add(input, footer);
                slices.add(Slice.whole(input, footer));
                rows.add(footer.rowCount());
                deleted += claims.deleted().count();
            } catch (GlulamException failure) {
                throw failure.within(Place.of(input.name()));
            }
        }

        private static void require(long claimed, long found, String what) {
            if (claimed >= 0 && claimed != found) {
                throw new CorruptFile(
                        Place.UNKNOWN,
                        "it has " + found + " " + what + ", and the table's metadata says " + claimed,
                        "find out which of the two is wrong before the table is changed");
            }
        }

        private static void requireRows(DeletedRows deletedRows, long found) {
            if (deletedRows.end() > found) {
                throw new CorruptFile(
                        Place.UNKNOWN,
                        "it has " + found + " rows, and the table's deletes name row " + (deletedRows.end() - 1),
                        "find out which of the two is wrong before the table is changed");
            }
        }

        JoinedInputs joined() {
            return JoinedInputs.of(slices, agreement.form(), options);
        }

        /** What finding the inputs' footers took. */
        Traffic traffic() {
            return opener.traffic();
        }

        List<String> dropped(List<String> more) {
            Set<String> all = new LinkedHashSet<>(agreement.dropped());
            all.addAll(more);
            return List.copyOf(all);
        }

        /** The report of a run on the joined file, as one of a run on its inputs. */
        CompactionReport finished(CompactionReport report) {
            return JoinedInputs.withInputBytes(report, slices).plus(traffic());
        }

        @Override
        public void close() {
            opener.close();
        }
    }
}
