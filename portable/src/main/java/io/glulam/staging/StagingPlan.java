package io.glulam.staging;

import io.glulam.footer.Footer;
import io.glulam.format.ColumnChunk;
import io.glulam.format.Leaf;
import io.glulam.plan.Layout;
import io.glulam.plan.OutputGroup;
import io.glulam.plan.Plan;
import io.glulam.source.SourceFile;
import io.glulam.storage.ByteRange;
import io.glulam.storage.Part;
import io.glulam.storage.PartLimits;
import io.glulam.storage.PartPacker;
import io.glulam.storage.Segment;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Which ranges of a remote source a layout takes: the row groups that are merged, indexes and filters of all, and what of
 * kept row groups will probably be uploaded because parts do not end where they do. Pure; reads nothing but the footer.
 */
public final class StagingPlan {
    /** Longer ranges are fetched in pieces, several at once. */
    private static final long MAX_REQUEST = 64L << 20;

    /** The provisions that are tried, from generous to narrow. */
    private static final List<Provision> PROVISIONS = List.of(
            new Provision(0.7, 0),
            new Provision(0.8, 0.01),
            new Provision(0.88, 0.02),
            new Provision(0.94, 0.04),
            new Provision(0.97, 0.08));

    /** Bytes in which the first levels of most column chunks lie; what is missing costs a request of its own. */
    private static final long FIRST_LEVELS = 64 << 10;

    private static final double MAX_SHARE = 1.002;

    /** So many sizes between them are tried; what lies between two of them is covered by a part divided by {@link #SLACKS_IN_PART}. */
    private static final int TRIALS = 24;

    private static final long SLACKS_IN_PART = 40;

    private final SourceFile file;
    private final Footer footer;
    private final long size;
    private final PartLimits limits;
    private final RequestCost cost;

    /**
     * For which sizes of merged row groups the seams are fetched ahead.
     *
     * @param smallest what share of its sources' bytes a merged row group becomes at least
     * @param missed how likely a seam is missed, because its row group becomes smaller: then it costs a request of its own
     */
    private record Provision(double smallest, double missed) {}

    /**
     * An output row group.
     *
     * @param merged whether it is made anew of all its sources; otherwise its one source is kept
     * @param bytes of its sources
     */
    record Group(boolean merged, int[] sources, long bytes) {
        static List<Group> of(Layout layout) {
            return layout.groups().stream()
                    .map(group -> new Group(group.isMerged(), group.sources().toArray(), group.sourceBytes()))
                    .toList();
        }

        static List<Group> of(Plan plan) {
            return plan.groups().stream()
                    .map(group -> new Group(
                            group instanceof OutputGroup.MergedGroup,
                            group.sources().toArray(),
                            group.sourceBytes()))
                    .toList();
        }
    }

    /** A stretch of the output: copied from {@code sourceStart} on, or made anew of about {@code length} bytes. */
    private record Stretch(boolean copied, long sourceStart, long length) {}

    /**
     * Ranges by what lies in them: those of a kind lie one after the other in most files and become one, so that what is
     * held does not grow with the column chunks.
     */
    private static final class Needs {
        private final List<ByteRange> pages = new ArrayList<>();
        private final List<ByteRange> columnIndexes = new ArrayList<>();
        private final List<ByteRange> offsetIndexes = new ArrayList<>();
        private final List<ByteRange> bloomFilters = new ArrayList<>();

        List<ByteRange> all() {
            return Stream.of(pages, columnIndexes, offsetIndexes, bloomFilters)
                    .flatMap(List::stream)
                    .toList();
        }
    }

    StagingPlan(SourceFile file, PartLimits limits) {
        this.file = file;
        this.footer = file.footer();
        this.size = file.bytes().size();
        this.limits = limits;
        this.cost = new RequestCost(file.bytes().reader().requestBytes());
    }

    /**
     * Fetches what a layout takes of a remote source, as far as it is not there yet.
     *
     * @param sampled returns what planning will sample of row groups that are merged; it takes these in the order of the output
     */
    public static void stage(SourceFile file, Layout layout, Function<List<int[]>, List<SampledValues>> sampled) {
        if (!layout.isEmpty() && file.bytes().reader() instanceof StagedSource staged) {
            List<Group> groups = Group.of(layout);
            List<int[]> merged = merged(groups);
            staged.stage(new StagingPlan(file, staged.target()).ranges(groups));
            staged.willSurvey(file, merged, () -> sampled.apply(merged));
        }
    }

    /** As above, for a plan that was made before. */
    public static void stage(SourceFile file, Plan plan) {
        if (!plan.isEmpty() && file.bytes().reader() instanceof StagedSource staged) {
            List<Group> groups = Group.of(plan);
            staged.stage(new StagingPlan(file, staged.target()).ranges(groups));
            staged.willMove(file, merged(groups));
        }
    }

    private static List<int[]> merged(List<Group> groups) {
        return groups.stream().filter(Group::merged).map(Group::sources).toList();
    }

    /** Returns the requests that fetching these ranges takes: one each, several for those that are very long. */
    public static List<ByteRange> requests(List<ByteRange> ranges) {
        List<ByteRange> requests = new ArrayList<>();
        for (ByteRange range : ranges) {
            long pieces = (range.length() + MAX_REQUEST - 1) / MAX_REQUEST;
            for (long piece = 0; piece < pieces; piece++) {
                requests.add(new ByteRange(
                        range.start() + range.length() * piece / pieces,
                        range.start() + range.length() * (piece + 1) / pieces));
            }
        }
        return requests;
    }

    /** The ranges, each to be fetched by one request. */
    List<ByteRange> ranges(List<Group> groups) {
        if (!limits.copies()) {
            return List.of(new ByteRange(0, size));
        }
        Needs needs = new Needs();
        int previous = -1;
        for (Group group : groups) {
            int first = group.sources()[0];
            if (!group.merged() && file.getsOtherPredecessor(first, previous)) {
                addStarts(first, needs.pages);
            }
            for (int rowGroup : group.sources()) {
                addRowGroup(rowGroup, group.merged(), needs);
                previous = rowGroup;
            }
        }
        return withSeams(needs.all(), stretches(groups));
    }

    /** Those ranges and the seams that are worth it: fetching more takes longer, missing one takes a request. */
    private List<ByteRange> withSeams(List<ByteRange> needed, List<Stretch> stretches) {
        long ends = 2 * stretches.stream().filter(Stretch::copied).count();
        List<ByteRange> cheapest = needed;
        double least = Double.MAX_VALUE;
        for (Provision provision : PROVISIONS) {
            List<ByteRange> all = new ArrayList<>(needed);
            all.addAll(seams(stretches, provision.smallest()));
            List<ByteRange> ranges = cost.joined(all);
            double expected = cost.of(ranges) + cost.ofRequests(provision.missed() * ends);
            if (expected < least) {
                least = expected;
                cheapest = ranges;
            }
        }
        return cheapest;
    }

    private void addRowGroup(int rowGroup, boolean whole, Needs needs) {
        for (Leaf leaf : footer.schema().leaves()) {
            ColumnChunk chunk = footer.chunk(rowGroup, leaf.index());
            if (whole) {
                add(chunk.start(), file.end(rowGroup, chunk) - chunk.start(), needs.pages);
            }
            add(chunk.columnIndexOffset(), chunk.columnIndexLength(), needs.columnIndexes);
            add(chunk.offsetIndexOffset(), chunk.offsetIndexLength(), needs.offsetIndexes);
            add(chunk.bloomFilterOffset(), chunk.bloomFilterLength(), needs.bloomFilters);
        }
    }

    /** Of repeated columns: whether they begin at a row is seen to where a row group comes after another one than before. */
    private void addStarts(int rowGroup, List<ByteRange> ranges) {
        for (Leaf leaf : footer.schema().leaves()) {
            if (leaf.maxRepetitionLevel() > 0) {
                ColumnChunk chunk = footer.chunk(rowGroup, leaf.index());
                add(chunk.start(), Math.min(FIRST_LEVELS, file.end(rowGroup, chunk) - chunk.start()), ranges);
            }
        }
    }

    /** Leaves what cannot be true to the code that reads it. */
    private void add(long start, long length, List<ByteRange> ranges) {
        if (start <= 0 || length <= 0 || length > size - start) {
            return;
        }
        ByteRange last = ranges.isEmpty() ? null : ranges.get(ranges.size() - 1);
        if (last != null && last.end() == start) {
            ranges.set(ranges.size() - 1, new ByteRange(last.start(), start + length));
        } else {
            ranges.add(new ByteRange(start, start + length));
        }
    }

    private List<Stretch> stretches(List<Group> groups) {
        List<Stretch> stretches = new ArrayList<>();
        stretches.add(beginsLikeSource(groups) ? new Stretch(true, 0, 4) : new Stretch(false, 0, 4));
        for (Group group : groups) {
            if (group.merged()) {
                stretches.add(new Stretch(false, 0, group.bytes()));
            } else {
                List<ByteRange> spans = new ArrayList<>();
                addChunks(group.sources()[0], spans);
                for (ByteRange span :
                        ByteRange.joined(spans, file.bytes().reader().copiedGap())) {
                    addCopied(span, stretches);
                }
            }
        }
        stretches.add(new Stretch(false, 0, size - footer.offsetInFile()));
        return stretches;
    }

    private boolean beginsLikeSource(List<Group> groups) {
        return !groups.isEmpty()
                && !groups.get(0).merged()
                && file.beginsWith(groups.get(0).sources()[0]);
    }

    private void addChunks(int rowGroup, List<ByteRange> spans) {
        for (Leaf leaf : footer.schema().leaves()) {
            ColumnChunk chunk = footer.chunk(rowGroup, leaf.index());
            add(chunk.start(), file.end(rowGroup, chunk) - chunk.start(), spans);
        }
    }

    private static void addCopied(ByteRange span, List<Stretch> stretches) {
        Stretch last = stretches.get(stretches.size() - 1);
        if (last.copied() && last.sourceStart() + last.length() == span.start()) {
            stretches.set(stretches.size() - 1, new Stretch(true, last.sourceStart(), last.length() + span.length()));
        } else {
            stretches.add(new Stretch(true, span.start(), span.length()));
        }
    }

    /** Returns what is uploaded of copied stretches, whatever size from that share on the merged row groups turn out to have. */
    private List<ByteRange> seams(List<Stretch> stretches, double smallest) {
        PartPacker packer = PartPacker.of(limits, size);
        List<ByteRange> seams = new ArrayList<>();
        for (int trial = 0; trial < TRIALS; trial++) {
            double share = smallest + (MAX_SHARE - smallest) * trial / (TRIALS - 1);
            addSeams(packer, stretches, share, limits.smallest() / SLACKS_IN_PART, seams);
        }
        return seams;
    }

    private void addSeams(PartPacker packer, List<Stretch> stretches, double share, long slack, List<ByteRange> seams) {
        List<Segment> segments = new ArrayList<>();
        for (Stretch stretch : stretches) {
            segments.add(new Segment(length(stretch, share), stretch.copied()));
        }
        long end = 0;
        int at = -1;
        for (Part part : packer.pack(0, segments, true)) {
            while (end <= part.start()) {
                end += segments.get(++at).length();
            }
            if (!part.copied()) {
                long start = end - segments.get(at).length();
                for (int i = at; i < segments.size() && start < part.end(); i++) {
                    long next = start + segments.get(i).length();
                    if (segments.get(i).copied()) {
                        addSeam(stretches.get(i), part.start() - start, part.end() - start, slack, seams);
                    }
                    start = next;
                }
            }
        }
    }

    private static void addSeam(Stretch copied, long from, long to, long slack, List<ByteRange> seams) {
        long start = Math.max(0, from - slack);
        long end = Math.min(copied.length(), to + slack);
        if (start < end) {
            seams.add(new ByteRange(copied.sourceStart() + start, copied.sourceStart() + end));
        }
    }

    private static long length(Stretch stretch, double share) {
        return Math.max(1, stretch.copied() ? stretch.length() : (long) (stretch.length() * share));
    }
}
