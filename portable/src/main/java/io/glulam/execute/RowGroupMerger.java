package io.glulam.execute;

import io.glulam.format.Leaf;
import io.glulam.pipeline.Task;
import io.glulam.plan.ColumnPlan;
import io.glulam.plan.OutputGroup.MergedGroup;
import io.glulam.plan.Tier;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** A merged row group: its columns are moved, spliced or recoded, one after the other in schema order. */
final class RowGroupMerger implements RowGroupJob {
    private final ExecutionContext run;
    private final MergedGroup group;
    private final MergedColumns output;
    private final List<ColumnRecoding> recodings = new ArrayList<>();

    RowGroupMerger(ExecutionContext run, MergedGroup group) {
        this.run = run;
        this.group = group;
        this.output = new MergedColumns(run.file(), group, run.carried(), run.aids());
        for (ColumnPlan column : group.columns()) {
            if (column.tier() == Tier.RECODE) {
                recodings.add(new ColumnRecoding(run, group.sources(), column, output));
            }
        }
    }

    @Override
    public List<ColumnRecoding> recodings() {
        return recodings;
    }

    @Override
    public void submit() {
        if (group.columns().isEmpty()) {
            run.pipeline()
                    .submit(new Task.Moved<>(
                            0, List.of(), (written, place) -> output.addIfComplete(written, place.end())));
        }
        List<Leaf> leaves = run.file().footer().schema().leaves();
        Iterator<ColumnRecoding> recoded = recodings.iterator();
        for (ColumnPlan column : group.columns()) {
            if (column.tier() == Tier.RECODE) {
                run.pipeline().submit(recoded.next().begun().get());
            } else {
                ColumnTransfer.submit(run, group.sources(), leaves.get(column.leaf()), column.tier(), output);
            }
        }
    }
}
