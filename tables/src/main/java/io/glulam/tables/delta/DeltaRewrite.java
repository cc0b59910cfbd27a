package io.glulam.tables.delta;

import io.glulam.tables.TableListener;
import io.glulam.tables.TablePlan;
import io.glulam.tables.TableReport;
import io.glulam.tables.TableRequest;
import io.glulam.tables.delta.files.TableForm;
import io.glulam.tables.delta.plan.DeltaPlan;
import io.glulam.tables.delta.rewrite.OutputRunner;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A compaction of a Delta table whose new files another process may write. Used once; not thread-safe. */
public final class DeltaRewrite {
    private final DeltaTable table;
    private final TableRequest request;
    private final String runId = UUID.randomUUID().toString();
    private @Nullable DeltaPlan plan;

    DeltaRewrite(DeltaTable table, TableRequest request) {
        this.table = table;
        this.request = request;
    }

    /**
     * Plans from the table's newest version.
     *
     * @throws IllegalArgumentException with a sentence for people, if an option or the filter cannot be meant
     * @throws io.glulam.error.Unsupported if the table must not be rewritten
     */
    public TablePlan plan() {
        plan = table.planned(request);
        return plan.shown();
    }

    private DeltaPlan planned() {
        return Objects.requireNonNull(plan, "plan() comes first");
    }

    /** Returns what an {@link io.glulam.tables.delta.rewrite.OutputWriter} needs to know of the planned version. */
    public TableForm form() {
        return TableForm.of(planned().version());
    }

    /** Returns a text of which no other run has the same; part of the names of new files. */
    public String runId() {
        return runId;
    }

    /**
     * Carries the plan out and commits.
     *
     * @throws io.glulam.error.GlulamException if it refuses or fails; with partial progress earlier commits stay
     * @throws io.glulam.tables.CommitStateUnknown if the table may hold the new files or not
     */
    public TableReport run(OutputRunner runner, TableListener listener) {
        return table.run(planned(), request, runner, listener);
    }
}
