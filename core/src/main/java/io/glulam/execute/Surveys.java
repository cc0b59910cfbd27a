package io.glulam.execute;

import io.glulam.format.Leaf;
import io.glulam.plan.Settings;
import io.glulam.plan.Sources;
import io.glulam.splice.ColumnSurveyor;
import io.glulam.splice.SurveyedColumn;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The surveys of a source's columns. What the plan was made from is kept for its execution as far as the memory allows,
 * and surveyed again where it does not. Once {@link #prepare} is done, several threads may take columns, each its own.
 */
public final class Surveys {
    /** Share of the buffers' memory that kept surveys may take. */
    private static final int SHARE = 4;

    /** Each holds the dictionary pages that it reads. */
    private static final int MOST_THREADS = 2;

    private final SourceFile file;
    private final Settings settings;
    private final int threads;
    private final Map<Sources, @Nullable SurveyedColumn[]> kept = new HashMap<>();
    private final AtomicLong free;

    /**
     * @param settings whose dictionary cap bounds the union dictionaries
     * @param resources threads that survey at once, and memory
     */
    public Surveys(SourceFile file, Settings settings, ExecutionResources resources) {
        this.file = file;
        this.settings = settings;
        this.threads = Math.min(MOST_THREADS, resources.threads());
        this.free = new AtomicLong(resources.bufferBytes() / SHARE);
    }

    /** How many columns are surveyed or sampled at once. */
    int threads() {
        return threads;
    }

    /** The source. */
    public SourceFile file() {
        return file;
    }

    /**
     * Surveys the columns of the row groups that are to be merged, several at once, until the memory is used up. A
     * failure is told by {@link #survey}, which comes to it in its turn.
     */
    void prepare(Sources rowGroups) {
        int[] sources = rowGroups.toArray();
        List<Leaf> leaves = file.footer().schema().leaves();
        @Nullable SurveyedColumn[] columns = new SurveyedColumn[leaves.size()];
        kept.put(rowGroups, columns);
        AtomicInteger next = new AtomicInteger();
        OnThreads.run(Math.min(threads, columns.length), "glulam-surveyor", () -> {
            ColumnSurveyor surveyor = surveyor();
            for (int i = next.getAndIncrement(); i < columns.length && free.get() > 0; i = next.getAndIncrement()) {
                try {
                    keep(columns, surveyor.survey(leaves.get(i), file.fragments(sources, leaves.get(i))));
                } catch (RuntimeException toldInItsTurn) {
                    return;
                }
            }
        });
    }

    private void keep(@Nullable SurveyedColumn[] columns, SurveyedColumn column) {
        long bytes = column.heapBytes();
        if (free.addAndGet(-bytes) >= 0) {
            columns[column.leaf().index()] = column;
        } else {
            free.addAndGet(bytes);
        }
    }

    /** The survey of one column over those row groups, from memory if it is there. */
    SurveyedColumn survey(Sources rowGroups, Leaf leaf) {
        @Nullable SurveyedColumn[] columns = kept.get(rowGroups);
        SurveyedColumn column = columns == null ? null : columns[leaf.index()];
        return column == null ? surveyor().survey(leaf, file.fragments(rowGroups.toArray(), leaf)) : column;
    }

    /** As {@link #survey}, and forgets it. */
    SurveyedColumn take(Sources rowGroups, Leaf leaf) {
        SurveyedColumn column = survey(rowGroups, leaf);
        @Nullable SurveyedColumn[] columns = kept.get(rowGroups);
        if (columns != null && columns[leaf.index()] != null) {
            columns[leaf.index()] = null;
            free.addAndGet(column.heapBytes());
        }
        return column;
    }

    private ColumnSurveyor surveyor() {
        return new ColumnSurveyor(file.bytes(), file.maxPageBytes(), settings.dictionaryCapBytes());
    }
}
