package io.glulam.planning;

import io.glulam.format.Leaf;
import io.glulam.pipeline.ExecutionResources;
import io.glulam.pipeline.Workers;
import io.glulam.plan.RowGroups;
import io.glulam.plan.Settings;
import io.glulam.source.FragmentChunk;
import io.glulam.source.FragmentCursor;
import io.glulam.source.SourceFile;
import io.glulam.splice.ColumnSurveyor;
import io.glulam.splice.SurveyedColumn;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the surveys of a source's columns from planning to execution as far as the memory allows, and surveys columns again
 * that it could not keep. Several threads may survey and take columns, each its own.
 */
public final class SurveyCache {
    /** Share of the buffers' memory that kept surveys may take. */
    private static final int SHARE = 4;

    /**
     * Of that, one part in so many is for surveys with the footer's entries; later ones are kept without. Entries take ten
     * times the memory of the rest, and less time to parse again than pages take to survey again.
     */
    private static final int WHOLE_SHARE = 8;

    /** Each holds the dictionary pages that it reads. */
    private static final int MAX_THREADS = 2;

    /**
     * Buffers' memory for each thread that samples: it holds a dictionary of all windows, and a window in each
     * encoding.
     */
    private static final long BYTES_PER_SAMPLER = 6 << 20;

    private final SourceFile file;
    private final Settings settings;
    private final Workers workers;
    private final Map<RowGroups, @Nullable SurveyedColumn[]> kept = new HashMap<>();
    private final AtomicLong free;
    private final long bufferBytes;
    private final long leftForOthers;
    private final FragmentCursor inOrder;
    private final FragmentCursor ahead;

    /**
     * @param settings whose dictionary cap bounds the union dictionaries
     * @param resources workers that survey, and memory
     */
    public SurveyCache(SourceFile file, Settings settings, ExecutionResources resources) {
        this.file = file;
        this.settings = settings;
        this.workers = resources.workers();
        this.bufferBytes = resources.bufferBytes();
        long memory = bufferBytes / SHARE;
        this.free = new AtomicLong(memory);
        this.leftForOthers = memory - memory / WHOLE_SHARE;
        this.inOrder = FragmentCursor.byRowGroups(file);
        this.ahead = FragmentCursor.byRowGroups(file);
    }

    /**
     * Does something for each of a number of columns, a few at once.
     *
     * @param worker gives each worker what does it, by the numbers of the columns
     */
    void forEachColumn(int count, String name, Supplier<IntConsumer> worker) {
        workers.forEach(count, MAX_THREADS, name, worker);
    }

    /** As {@link #forEachColumn}, for what samples columns: one after the other where the memory is small. */
    void forEachSampledColumn(int count, String name, Supplier<IntConsumer> worker) {
        workers.forEach(count, (int) Math.max(1, Math.min(MAX_THREADS, bufferBytes / BYTES_PER_SAMPLER)), name, worker);
    }

    /** Returns the source that is surveyed. */
    public SourceFile file() {
        return file;
    }

    /** Makes room for the surveys of row groups that are to be merged. */
    Begun begin(RowGroups rowGroups) {
        Begun begun = new Begun(
                rowGroups, new SurveyedColumn[file.footer().schema().leaves().size()]);
        kept.put(rowGroups, begun.columns);
        return begun;
    }

    /** Surveys the columns of row groups, and keeps the surveys as far as there is memory. */
    final class Begun {
        private final RowGroups rowGroups;
        private final @Nullable SurveyedColumn[] columns;

        private Begun(RowGroups rowGroups, @Nullable SurveyedColumn[] columns) {
            this.rowGroups = rowGroups;
            this.columns = columns;
        }

        /**
         * Surveys one column.
         *
         * @param surveyor of the calling thread's own
         */
        SurveyedColumn survey(Leaf leaf, ColumnSurveyor surveyor) {
            // Headers alone: the chunks are read whole when they move. To read them whole here, too, would be to read
            // the file twice.
            SurveyedColumn column = surveyor.survey(leaf, inOrder.of(rowGroups.toArray(), leaf));
            keep(columns, column);
            return column;
        }

        /**
         * As {@link #survey}, for a column whose pages are tried out next. Where that takes all of them, and the chunks of
         * neighbouring columns are short, they are read once for both, together.
         *
         * @param triedBytes uncompressed, of which all pages are tried
         */
        SurveyedColumn surveyToTry(Leaf leaf, ColumnSurveyor surveyor, long triedBytes) {
            List<FragmentChunk> held = inOrder.holding(rowGroups.toArray(), leaf);
            // The cache keeps fragments that hold no bytes of the file.
            List<FragmentChunk> fragments = FragmentChunk.through(file, held);
            SurveyedColumn column = surveyor.survey(leaf, uncompressedBytes(held) <= triedBytes ? held : fragments);
            keep(columns, column.withFragments(fragments));
            return column;
        }
    }

    private static long uncompressedBytes(List<FragmentChunk> fragments) {
        long bytes = 0;
        for (FragmentChunk fragment : fragments) {
            bytes += fragment.chunk().uncompressedSize();
        }
        return bytes;
    }

    private void keep(@Nullable SurveyedColumn[] columns, SurveyedColumn column) {
        if (!isKept(columns, column, leftForOthers)) {
            isKept(columns, column.withoutFragments(), 0);
        }
    }

    /** Keeps a survey if that leaves {@code left} bytes of memory. */
    private boolean isKept(@Nullable SurveyedColumn[] columns, SurveyedColumn column, long left) {
        long bytes = column.heapBytes();
        if (free.addAndGet(-bytes) < left) {
            free.addAndGet(bytes);
            return false;
        }
        columns[column.leaf().index()] = column;
        return true;
    }

    /**
     * Returns the survey of one column over those row groups, from memory, which forgets it, or made again. For the
     * thread that submits columns in the order of the output.
     */
    public SurveyedColumn take(RowGroups rowGroups, Leaf leaf) {
        return take(rowGroups, leaf, inOrder);
    }

    /**
     * As {@link #take}, for columns whose pages are made anew: the fragments' file reads short chunks once, for the survey and
     * for what is made of their pages.
     */
    public SurveyedColumn takeHolding(RowGroups rowGroups, Leaf leaf) {
        SurveyedColumn column = taken(rowGroups, leaf, inOrder);
        if (column != null) {
            return column.withFragments(FragmentChunk.holding(column.fragments()));
        }
        List<FragmentChunk> fragments = inOrder.holding(rowGroups.toArray(), leaf);
        boolean held = fragments.get(0).file().bytes().heldBytes() > 0;
        return surveyor().survey(leaf, held ? fragments : FragmentChunk.holding(fragments));
    }

    /** As {@link #take}, for the thread that goes ahead of it, in the same order. */
    public SurveyedColumn takeAhead(RowGroups rowGroups, Leaf leaf) {
        return take(rowGroups, leaf, ahead);
    }

    private SurveyedColumn take(RowGroups rowGroups, Leaf leaf, FragmentCursor cursor) {
        SurveyedColumn column = taken(rowGroups, leaf, cursor);
        return column == null ? surveyor().survey(leaf, cursor.of(rowGroups.toArray(), leaf)) : column;
    }

    /** Returns the survey that was kept; null if none was. */
    private @Nullable SurveyedColumn taken(RowGroups rowGroups, Leaf leaf, FragmentCursor cursor) {
        @Nullable SurveyedColumn[] columns = kept.get(rowGroups);
        SurveyedColumn column = columns == null ? null : columns[leaf.index()];
        if (columns == null || column == null) {
            return null;
        }
        columns[leaf.index()] = null;
        free.addAndGet(column.heapBytes());
        return column.lacksFragments() ? column.withFragments(cursor.of(rowGroups.toArray(), leaf)) : column;
    }

    /** Returns a surveyor for one thread. */
    ColumnSurveyor surveyor() {
        return new ColumnSurveyor(settings.dictionaryCapBytes());
    }
}
