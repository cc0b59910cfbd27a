package io.glulam.service.workflow;

import io.glulam.ProgressListener;
import io.glulam.tables.StagedCompaction;
import io.glulam.tables.Table;
import java.util.function.Function;

/**
 * An open table with the plan of its compaction, which the steps of one run hand on, so that catalog, manifests and footers are
 * read once. Used by one thread at a time.
 */
final class HeldPlan implements AutoCloseable {
    private final Table table;
    private final StagedCompaction staged;
    private final Progress progress;

    /** Passes progress to the step that works on the plan. */
    private static final class Progress implements ProgressListener {
        private ProgressListener step = NONE;

        @Override
        public void progress(Phase phase, long done, long total) {
            step.progress(phase, done, total);
        }
    }

    private HeldPlan(Table table, StagedCompaction staged, Progress progress) {
        this.table = table;
        this.staged = staged;
        this.progress = progress;
    }

    /**
     * Opens a table and plans.
     *
     * @param step is called as planning proceeds
     */
    static HeldPlan of(
            Function<ProgressListener, Table> open, ProgressListener step, Function<Table, StagedCompaction> plan) {
        Progress progress = new Progress();
        progress.step = step;
        Table table = open.apply(progress);
        try {
            return new HeldPlan(table, plan.apply(table), progress);
        } catch (RuntimeException | Error failure) {
            table.close();
            throw failure;
        }
    }

    /**
     * Returns the plan.
     *
     * @param step is called from now on, as the plan is carried out
     */
    StagedCompaction staged(ProgressListener step) {
        progress.step = step;
        return staged;
    }

    @Override
    public void close() {
        table.close();
    }
}
