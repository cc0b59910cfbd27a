package io.glulam.wasm;

import io.glulam.footer.Footer;
import io.glulam.format.ColumnChunk;
import io.glulam.format.Leaf;
import io.glulam.source.FragmentChunk;
import io.glulam.source.FragmentCursor;
import io.glulam.source.SourceFile;
import io.glulam.staging.SampledValues;
import io.glulam.storage.ByteRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;

/**
 * Foresees what of row groups that are merged will be read, so that the host reads it in few, long requests: their bytes
 * lie row group by row group, and are wanted column by column. Whenever something is wanted that is not held, as much of
 * what comes next is fetched as there is room for: to plan, page headers and dictionaries; to move, whole column chunks.
 * The first row groups stay held from planning on, as far as they fit.
 */
final class MergedReads {
    /** Bytes that most page headers take at most. */
    static final int HEADER_WINDOW = 512;

    /** Bytes of page headers that a column chunk is expected to have. */
    private static final long HEADERS = 4L * HEADER_WINDOW;

    /** Bytes that do not stay held while there is more to plan than can be held. */
    private static final long FREE = 2 << 20;

    /**
     * Bytes before one that is wanted which are wanted again: a page's header is read in a window, and then its body from the
     * header's end on.
     */
    private static final long BEFORE = 16 << 10;

    /** What lies farther apart is read in two requests. */
    private static final long GAP = 4 << 20;

    /** One part in so many of what the headers leave is for headers that are longer than foreseen. */
    private static final long SPARE = 4;

    /** Column chunks that are foreseen at once at most. */
    private static final int MAX_CHUNKS = 1 << 13;

    private final ArenaRanges held;
    private final SourceFile file;
    private final Footer footer;
    private final List<Leaf> leaves;
    private final List<int[]> groups;
    private final FragmentCursor cursor;
    private final boolean planning;
    /** Row groups that are merged, by their starts. */
    private final int[] byStart;

    private final int[] groupOf;
    /** The next column whose page headers have not been fetched. */
    private Column next = new Column(0, 0);

    /** How many of the groups, from the first one on, stay held. */
    private int staying;

    private final Supplier<List<SampledValues>> sampled;
    /** Whether the pages that will be sampled are held beside all page headers. */
    private boolean heldSamples;

    /** A column of a group. */
    private record Column(int group, int leaf) {
        boolean isBefore(Column other) {
            return group < other.group || group == other.group && leaf < other.leaf;
        }
    }

    private MergedReads(
            ArenaRanges held,
            SourceFile file,
            List<int[]> groups,
            boolean planning,
            Supplier<List<SampledValues>> sampled) {
        this.sampled = sampled;
        this.held = held;
        this.file = file;
        this.footer = file.footer();
        this.leaves = footer.schema().leaves();
        this.groups = groups;
        this.planning = planning;
        this.cursor = FragmentCursor.byRowGroups(file);
        this.groupOf = new int[footer.rowGroupCount()];
        Arrays.fill(groupOf, -1);
        List<Integer> merged = new ArrayList<>();
        for (int group = 0; group < groups.size(); group++) {
            for (int rowGroup : groups.get(group)) {
                groupOf[rowGroup] = group;
                merged.add(rowGroup);
            }
        }
        merged.sort(Comparator.comparingLong(footer::start));
        this.byStart = merged.stream().mapToInt(Integer::intValue).toArray();
        while (staying < groups.size() && bytesOf(staying).stream().allMatch(held::holds)) {
            staying++;
        }
    }

    /**
     * Foresees what planning reads of these groups, in the order of the output.
     *
     * @param sampled what will be sampled after that
     */
    static MergedReads toPlan(
            ArenaRanges held, SourceFile file, List<int[]> groups, Supplier<List<SampledValues>> sampled) {
        return new MergedReads(held, file, groups, true, sampled);
    }

    /** Foresees what moving these groups reads, in the order of the output. */
    static MergedReads toMove(ArenaRanges held, SourceFile file, List<int[]> groups) {
        return new MergedReads(held, file, groups, false, List::of);
    }

    /** Once all is surveyed: whether everything is held that will be sampled, as far as that was foreseen. */
    boolean holdsSamples() {
        return heldSamples || staying == groups.size();
    }

    /** Fetches ahead if a byte that is wanted, and not held, says that it is time to; returns whether it did. */
    boolean fetch(long position) {
        int rowGroup = rowGroupAt(position);
        if (rowGroup < 0) {
            return false;
        }
        int group = groupOf[rowGroup];
        int leaf = leafAt(rowGroup, position);
        if (leaf < 0) {
            return false;
        }
        Column wanted = new Column(group, leaf);
        if (planning) {
            return !wanted.isBefore(next) && fetchToPlan(wanted);
        }
        fetchToMove(wanted, rowGroup, position);
        return true;
    }

    private int rowGroupAt(long position) {
        int low = 0;
        int high = byStart.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (footer.start(byStart[middle]) <= position) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        int found = low == 0 ? -1 : byStart[low - 1];
        return found >= 0 && position < end(found) ? found : -1;
    }

    private int leafAt(int rowGroup, long position) {
        for (Leaf leaf : leaves) {
            ColumnChunk chunk = footer.chunk(rowGroup, leaf.index());
            if (position >= chunk.start() && position < file.end(rowGroup, chunk)) {
                return leaf.index();
            }
        }
        return -1;
    }

    private Column after(Column column) {
        return column.leaf() + 1 < leaves.size()
                ? new Column(column.group(), column.leaf() + 1)
                : new Column(column.group() + 1, 0);
    }

    private List<FragmentChunk> fragments(Column column) {
        return cursor.of(groups.get(column.group()), leaves.get(column.leaf()));
    }

    private List<ByteRange> bytesOf(int group) {
        List<ByteRange> ranges = new ArrayList<>();
        for (int rowGroup : groups.get(group)) {
            add(footer.start(rowGroup), end(rowGroup), ranges);
        }
        return ranges;
    }

    /** Where a row group's bytes end that the host has: column chunks that were made lie elsewhere. */
    private long end(int rowGroup) {
        long all = footer.end(rowGroup);
        if (all <= held.end()) {
            return all;
        }
        long end = 0;
        for (Leaf leaf : leaves) {
            ColumnChunk chunk = footer.chunk(rowGroup, leaf.index());
            if (chunk.start() < held.end()) {
                end = Math.max(end, file.end(rowGroup, chunk));
            }
        }
        return end;
    }

    /** What cannot be true is left to whoever reads it. */
    private void add(long start, long end, List<ByteRange> ranges) {
        long last = Math.min(end, Math.min(held.end(), footer.offsetInFile()));
        if (start >= 0 && start < last) {
            ranges.add(new ByteRange(start, last));
        }
    }

    private void fetchToMove(Column first, int rowGroup, long position) {
        if (first.group() >= staying) {
            held.releaseAll();
        }
        held.release();
        List<ByteRange> wanted = new ArrayList<>();
        long room = held.free();
        boolean begun = false;
        for (Column column = first; room > 0 && column.group() < groups.size(); column = after(column)) {
            if (column.leaf() == 0 && begun && !isWorthMoving(column.group(), room)) {
                break;
            }
            for (FragmentChunk fragment : fragments(column)) {
                boolean isFirst = !begun && fragment.rowGroup() == rowGroup;
                begun |= isFirst;
                if (begun && room > 0 && wanted.size() < MAX_CHUNKS) {
                    long start = isFirst
                            ? firstToMove(fragment.chunk(), position, room)
                            : fragment.chunk().start();
                    long end = Math.min(fragment.end(), start + room);
                    add(start, end, wanted);
                    room -= Math.max(0, end - start);
                }
            }
            room = wanted.size() < MAX_CHUNKS ? room : 0;
        }
        held.fetch(wanted);
    }

    /** Where the fetching of a chunk begins: what is held of the page at the position, from planning on, is let go of. */
    private static long firstToMove(ColumnChunk chunk, long position, long room) {
        return Math.max(chunk.start(), position - Math.min(BEFORE, room / 2));
    }

    /**
     * Whether a group that comes after others is fetched with them. A few columns of a group take as long to read through as
     * all of them; and groups that lie together, far from those before, are fetched together or not yet.
     */
    private boolean isWorthMoving(int group, long room) {
        long bytes = ByteRange.total(bytesOf(group));
        if (isFar(group)) {
            for (int next = group + 1; bytes <= room && next < groups.size() && !isFar(next); next++) {
                bytes += ByteRange.total(bytesOf(next));
            }
        }
        return bytes <= room;
    }

    /** Whether a group takes a request of its own after the one before. */
    private boolean isFar(int group) {
        List<ByteRange> before = bytesOf(group - 1);
        List<ByteRange> ranges = bytesOf(group);
        if (before.isEmpty() || ranges.isEmpty()) {
            return false;
        }
        long gap = ranges.get(0).start() - before.get(before.size() - 1).end();
        return gap < 0 || gap > GAP;
    }

    private boolean fetchToPlan(Column first) {
        held.release();
        int before = staying;
        if (first.leaf() == 0 && first.group() == staying) {
            holdWhole();
        }
        if (staying > before) {
            next = new Column(staying, 0);
        } else {
            fetchHeaders(first);
        }
        return true;
    }

    /** Has as many of the next groups stay held as fit. */
    private void holdWhole() {
        List<ByteRange> ranges = new ArrayList<>();
        long room = held.free();
        while (staying < groups.size() && fitsWhole(staying, room)) {
            List<ByteRange> group = bytesOf(staying++);
            room -= ByteRange.total(group);
            ranges.addAll(group);
        }
        held.fetch(ranges);
        held.stay();
    }

    private boolean fitsWhole(int group, long room) {
        long rest = 0;
        for (int i = group; i < groups.size() && rest <= room; i++) {
            rest += ByteRange.total(bytesOf(i));
        }
        return rest <= room || ByteRange.total(bytesOf(group)) <= room - FREE;
    }

    private void fetchHeaders(Column first) {
        List<FragmentChunk> chunks = new ArrayList<>();
        long room = held.free();
        Column column = first;
        while (column.group() < groups.size() && (column.equals(first) || chunks.size() < MAX_CHUNKS)) {
            // A few columns of a group take as long to read through as all of them.
            Column last = column.group() > first.group() ? new Column(column.group(), leaves.size() - 1) : column;
            List<FragmentChunk> more = new ArrayList<>();
            for (Column next = column; !last.isBefore(next); next = after(next)) {
                more.addAll(fragments(next));
            }
            room -= more.stream()
                    .mapToLong(fragment -> foreseenHeaders(fragment.chunk()))
                    .sum();
            if (room < 0 && !column.equals(first)) {
                break;
            }
            chunks.addAll(more);
            column = after(last);
        }
        next = column;
        chunks.removeIf(fragment -> fragment.chunk().start() >= held.end());
        chunks.sort(Comparator.comparingLong(fragment -> fragment.chunk().start()));
        boolean isAll = first.equals(new Column(staying, 0)) && next.group() == groups.size();
        List<SampledValues> values = isAll ? sampled.get() : List.of();
        HeaderPass pass = new HeaderPass(held, file, values, values.isEmpty() ? 0 : room - room / SPARE);
        heldSamples = pass.keep(chunks, GAP) && !values.isEmpty();
    }

    /** Bytes of a column chunk's page headers and dictionary, as far as the footer tells. */
    private static long foreseenHeaders(ColumnChunk chunk) {
        long dictionary = chunk.dictionaryPageOffset() <= 0
                ? 0
                : Math.max(0, chunk.dataPageOffset() - chunk.dictionaryPageOffset());
        return Math.min(chunk.compressedSize(), dictionary + HEADERS);
    }
}
