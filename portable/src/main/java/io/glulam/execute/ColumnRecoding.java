package io.glulam.execute;

import io.glulam.error.GlulamException;
import io.glulam.error.Place;
import io.glulam.format.Leaf;
import io.glulam.page.PageForm;
import io.glulam.pipeline.Task;
import io.glulam.pipeline.Workers.Deferred;
import io.glulam.plan.ColumnPlan;
import io.glulam.plan.RowGroups;
import io.glulam.source.SourceFile;
import io.glulam.splice.SurveyedColumn;

/** A recoded column of a merged row group. One worker may begin it ahead of its turn; another waits for that and submits it. */
final class ColumnRecoding {
    private final ExecutionContext run;
    private final RowGroups sources;
    private final ColumnPlan plan;
    private final MergedColumns output;
    private final Deferred<Task.Made<WrittenRowGroups>> begun;

    ColumnRecoding(ExecutionContext run, RowGroups sources, ColumnPlan plan, MergedColumns output) {
        this.run = run;
        this.sources = sources;
        this.plan = plan;
        this.output = output;
        this.begun = run.resources().workers().defer(this::begunAhead);
    }

    /** Makes the column's task: surveys the column and begins to recode it, once there is memory. */
    Deferred<Task.Made<WrittenRowGroups>> begun() {
        return begun;
    }

    private Task.Made<WrittenRowGroups> begunAhead() {
        SourceFile file = run.file();
        Leaf leaf = file.footer().schema().leaves().get(plan.leaf());
        try {
            SurveyedColumn column = run.surveys().takeAhead(sources, leaf);
            PageForm own = column.form(run.settings().compression());
            PageForm form = own.writable().withVersion(run.settings().form().pageVersion(own.version()));
            RecodeMemory memory = RecodeMemory.of(column, plan, run.settings());
            long most = run.pipeline().capacityAhead();
            return run.pipeline()
                    .beginAhead(
                            Math.min(most, memory.making()),
                            Math.min(most, memory.holding()),
                            () -> RecodedColumn.recode(run, column, form, plan, output));
        } catch (GlulamException failure) {
            throw failure.within(new Place(file.bytes().name(), -1, leaf.name(), -1));
        }
    }
}
