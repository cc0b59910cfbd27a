package io.glulam.planning;

import io.glulam.format.ColumnChunk;
import io.glulam.format.Encoding;
import io.glulam.format.Leaf;
import io.glulam.page.BitWidth;
import io.glulam.page.BodyArrays;
import io.glulam.page.PageForm;
import io.glulam.page.PageStream;
import io.glulam.plan.ColumnFacts;
import io.glulam.plan.Recoding;
import io.glulam.plan.Settings;
import io.glulam.policy.ColumnSample;
import io.glulam.policy.RecodePolicy;
import io.glulam.recode.DistinctCounts;
import io.glulam.recode.EncodedSize;
import io.glulam.recode.SampleEncoder;
import io.glulam.recode.SampleWindow;
import io.glulam.source.FragmentChunk;
import io.glulam.source.SourceFile;
import io.glulam.splice.ColumnSurveyor;
import io.glulam.splice.SurveyedColumn;
import io.glulam.staging.SampledValues;
import io.glulam.storage.ByteRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.IntFunction;

/**
 * Samples one column of everything that is to be merged: a few contiguous windows of about a target page each, evenly
 * spread over all fragments and across their borders, always the same ones for the same file and settings.
 */
final class ColumnSampler {
    private static final int MIN_WINDOWS = 3;
    private static final int MAX_WINDOWS = 8;

    /** Of the bytes that are to be merged, at most so many are read for samples, unless the least windows need more. */
    private static final double MAX_SHARE = 0.03;

    private static final double MAX_BYTES = 16 << 20;

    /** A window is a page, but of no more than this share of the values, unless that makes it smaller than usual pages. */
    private static final int VALUES_PER_WINDOW_VALUE = 32;

    /** Of a column chunk that is not longer, all is read where a part is wanted: a request is worth more. */
    private static final long SHORT_CHUNK = 1 << 20;

    private final SourceFile file;
    private final Settings settings;
    private final ColumnSurveyor surveyor;
    private final double budget;
    private final BodyArrays arrays = new BodyArrays();
    /** Values of a window of the column at hand. */
    private int windowValues;

    /** @param mergedBytes compressed bytes of all row groups that are to be merged */
    ColumnSampler(SourceFile file, Settings settings, long mergedBytes) {
        this.file = file;
        this.settings = settings;
        this.surveyor = new ColumnSurveyor(settings.dictionaryCapBytes());
        this.budget = Math.min(MAX_SHARE, MAX_BYTES / Math.max(1, mergedBytes));
    }

    /**
     * Takes the windows and encodes them.
     *
     * @param fragments the column's chunks of a merged row group, by its number
     * @param candidates each without dictionary, but for the last
     * @param groups what is known of the column in each merged row group, in the order of the output
     */
    ColumnSample sample(
            Leaf leaf,
            IntFunction<List<FragmentChunk>> fragments,
            List<Recoding> candidates,
            List<ColumnFacts> groups) {
        List<Encoding> encodings = candidates.stream()
                .filter(candidate -> candidate.indices() == null)
                .map(Recoding::values)
                .toList();
        List<ColumnExtent> extents = ColumnExtent.of(groups);
        windowValues = windowValues(extents);
        WindowWalk walk = new WindowWalk(extents, fragments, windowValues);
        SurveyedColumn first = surveyor.survey(leaf, walk.first());
        PageForm own = first.form(settings.compression());
        PageForm form = own.writable().withVersion(settings.form().pageVersion(own.version()));
        long[] starts = starts(extents);
        try (SampleEncoder encoder = new SampleEncoder(
                leaf, form, file.codecs(), encodings, settings.pageBytes(), settings.pageRows(), starts.length)) {
            List<Double> stored = new ArrayList<>();
            for (long start : starts) {
                stored.add(addWindow(leaf, walk, start, encoder));
            }
            return sample(candidates, groups, stored, encoder);
        }
    }

    /** Which values {@link #sample} will read the pages of. */
    List<SampledValues> values(IntFunction<List<FragmentChunk>> fragments, List<ColumnExtent> groups) {
        windowValues = windowValues(groups);
        WindowWalk walk = new WindowWalk(groups, fragments, windowValues);
        List<SampledValues> values = new ArrayList<>();
        for (long start : starts(groups)) {
            List<FragmentChunk> window = walk.window(start);
            long from = walk.skip();
            long left = windowValues;
            for (FragmentChunk fragment : window) {
                long to = Math.min(fragment.chunk().valueCount(), from + left);
                values.add(new SampledValues(fragment.chunk().start(), from, to));
                left -= to - from;
                from = 0;
            }
        }
        return values;
    }

    /**
     * The bytes that {@link #sample} will read, as far as the footer tells: of long column chunks, it does not tell which.
     */
    List<ByteRange> reads(IntFunction<List<FragmentChunk>> fragments, List<ColumnExtent> groups) {
        windowValues = windowValues(groups);
        WindowWalk walk = new WindowWalk(groups, fragments, windowValues);
        List<ByteRange> ranges = new ArrayList<>();
        walk.first().forEach(fragment -> addShort(fragment, ranges));
        for (long start : starts(groups)) {
            walk.window(start).forEach(fragment -> addShort(fragment, ranges));
        }
        return ranges;
    }

    private void addShort(FragmentChunk fragment, List<ByteRange> ranges) {
        ColumnChunk chunk = fragment.chunk();
        long end = fragment.end();
        boolean isShort = chunk.valueCount() <= 2L * windowValues || end - chunk.start() <= SHORT_CHUNK;
        if (isShort && chunk.start() < end) {
            ranges.add(new ByteRange(chunk.start(), end));
        }
    }

    private int windowValues(List<ColumnExtent> groups) {
        long values = groups.stream().mapToLong(ColumnExtent::values).sum();
        long least = Math.max(Settings.defaults().pageRows(), values / VALUES_PER_WINDOW_VALUE);
        return (int) Math.min(settings.pageRows(), least);
    }

    /** Where windows begin, in values from the first fragment's on. */
    private long[] starts(List<ColumnExtent> groups) {
        long values = 0;
        long bytes = 0;
        for (ColumnExtent group : groups) {
            values += group.values();
            bytes += group.bytes();
        }
        double windowBytes = Math.max(1, (double) bytes * windowValues / Math.max(1, values));
        int count = (int) Math.max(MIN_WINDOWS, Math.min(MAX_WINDOWS, bytes * budget / windowBytes));
        count = (int) Math.max(1, Math.min(count, values / windowValues));
        long[] starts = new long[count];
        for (int i = 0; i < count; i++) {
            long middle = (long) (values * (i + 0.5) / count);
            starts[i] = Math.max(0, Math.min(middle - windowValues / 2, values - windowValues));
        }
        return starts;
    }

    /** Adds the window that begins at a value; gives what it takes in the source. */
    private double addWindow(Leaf leaf, WindowWalk walk, long start, SampleEncoder encoder) {
        List<FragmentChunk> window = walk.window(start);
        // Of a store only what was planned is asked for.
        List<FragmentChunk> read = file.bytes().reader().isRemote() ? window : FragmentChunk.holding(window);
        SurveyedColumn column = surveyor.survey(leaf, read);
        long skip = walk.skip();
        int from = 0;
        while (from < column.pageCount() && skip >= column.valueCount(from)) {
            skip -= column.valueCount(from++);
        }
        return addWindow(column, from, skip, encoder);
    }

    private double addWindow(SurveyedColumn column, int from, long skipped, SampleEncoder encoder) {
        int to = from;
        long values = -skipped;
        long unpacked = 0;
        double stored = 0;
        while (to < column.pageCount() && values < windowValues && unpacked < settings.pageBytes()) {
            values += column.valueCount(to);
            unpacked += column.uncompressedSize(to);
            stored += column.storedLength(to);
            to++;
        }
        long all = values + skipped;
        int count = (int) Math.min(values, windowValues);
        PageStream pages = column.pages(from, to, arrays);
        SampleWindow window = encoder.addWindow(pages, column.fragmentOf(from).createdBy(), skipped, count);
        return stored * window.values() / Math.max(1, all);
    }

    private ColumnSample sample(
            List<Recoding> candidates, List<ColumnFacts> groups, List<Double> stored, SampleEncoder encoder) {
        long dictionaryBytes =
                encoder.distinct() == 0 ? 0 : encoder.dictionaryPage().compressed();
        ColumnSample values = new ColumnSample(
                candidates, windows(List.of(), stored, 0, encoder), encoder.distinctBytes(), dictionaryBytes);
        int indexWidth =
                Math.max(BitWidth.forEntries(encoder.distinct()), RecodePolicy.indexWidth(groups, values, settings));
        return new ColumnSample(
                candidates, windows(candidates, stored, indexWidth, encoder), encoder.distinctBytes(), dictionaryBytes);
    }

    private static List<ColumnSample.Window> windows(
            List<Recoding> candidates, List<Double> stored, int indexWidth, SampleEncoder encoder) {
        List<ColumnSample.Window> windows = new ArrayList<>();
        List<DistinctCounts> rare = encoder.rare();
        for (int i = 0; i < stored.size(); i++) {
            SampleWindow window = encoder.windows().get(i);
            List<Long> bytes = new ArrayList<>();
            for (Recoding candidate : candidates) {
                EncodedSize size = candidate.indices() == null
                        ? Objects.requireNonNull(window.sizes().get(candidate.values()))
                        : encoder.indexPages(i, indexWidth);
                bytes.add(size.compressed());
            }
            windows.add(new ColumnSample.Window(
                    window.values(),
                    window.nulls(),
                    Math.round(stored.get(i)),
                    window.newDistinct(),
                    new ColumnSample.Rare(
                            rare.get(i).values(),
                            rare.get(i).distinct(),
                            rare.get(i).fresh()),
                    bytes));
        }
        return windows;
    }
}
