package io.glulam.service.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import io.glulam.ProgressListener;
import io.glulam.error.GlulamException;
import io.glulam.service.ledger.LostRun;
import io.glulam.service.ledger.Run;
import io.glulam.service.request.CompactionRequest;
import io.glulam.service.request.InvalidField;
import io.glulam.service.request.TableJob;
import io.glulam.service.table.ServedTables;
import io.glulam.tables.CommitStateUnknown;
import io.glulam.tables.SourceDigest;
import io.glulam.tables.StagedCompaction;
import io.glulam.tables.StagedOutput;
import io.glulam.tables.Table;
import io.glulam.tables.TablePlan;
import io.glulam.tables.TableRequest;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the table of a job, and turns what formats and catalogs throw into failures that tell no secret. Thread-safe. */
final class TableWork {
    private static final Logger LOG = LoggerFactory.getLogger(TableWork.class);

    private final ServedTables tables;
    private final CompactionResources resources;
    private final CompactionRequest.Defaults defaults;
    private final Map<Run, HeldPlan> held = new ConcurrentHashMap<>();

    TableWork(ServedTables tables, CompactionResources resources, CompactionRequest.Defaults defaults) {
        this.tables = tables;
        this.resources = resources;
        this.defaults = defaults;
    }

    /** Returns the job of an instance. */
    TableJob job(StepContext context) {
        return TableJob.read(context.instance().request(), defaults);
    }

    /**
     * Looks at the name of a job's table only.
     *
     * @throws InvalidField if the server serves no such table
     */
    void require(TableJob job) {
        try {
            tables.require(job.table());
        } catch (IllegalArgumentException e) {
            throw new InvalidField("table", String.valueOf(e.getMessage()));
        }
    }

    /** Plans without writing anything. */
    TablePlan plan(TableJob job) {
        return called(() -> {
            try (Table table = open(job, ProgressListener.NONE)) {
                return table.plan(request(job));
            }
        });
    }

    /**
     * Plans the compaction of a step's job from the table's newest state, and works on it. Where that succeeds, later steps of the
     * run have the same plan.
     */
    <T> T onNew(StepContext context, Function<StagedCompaction, T> work) {
        forget(context.run());
        return called(() -> handedOn(context, planned(context, null), work));
    }

    /**
     * Works on what step 2 has planned: on the plan of this run's earlier step, or, after a crash, on the same one made anew.
     *
     * @throws StepFailed if the same plan does not come about any more
     */
    <T> T onPlanned(StepContext context, Function<StagedCompaction, T> work) {
        HeldPlan earlier = held.remove(context.run());
        if (earlier != null) {
            return called(() -> handedOn(context, earlier, work));
        }
        PlannedTable plan = PlannedTable.of(context);
        return called(() -> handedOn(context, planned(context, plan.snapshot()), staged -> {
            if (!digest(staged).equals(plan.pin().digest())) {
                throw new StepFailed(
                        "PlanChanged",
                        "the table's schema or properties have changed since it was planned, or the server is another"
                                + " version",
                        "restart the instance, which plans anew");
            }
            return work.apply(staged);
        }));
    }

    /** @param snapshot that was pinned; null for the newest */
    private HeldPlan planned(StepContext context, @Nullable Long snapshot) {
        TableJob job = job(context);
        return HeldPlan.of(
                progress -> open(job, progress), context.progress(), table -> table.stage(request(job), snapshot));
    }

    /** A plan on which a step has failed is not trusted any further. */
    private <T> T handedOn(StepContext context, HeldPlan plan, Function<StagedCompaction, T> work) {
        boolean done = false;
        try {
            T result = work.apply(plan.staged(context.progress()));
            done = true;
            return result;
        } finally {
            if (done) {
                held.put(context.run(), plan);
            } else {
                plan.close();
            }
        }
    }

    /** Closes what a run holds. */
    void forget(Run run) {
        HeldPlan plan = held.remove(run);
        if (plan != null) {
            plan.close();
        }
    }

    /**
     * Works on the table of a request that the ledger has kept.
     *
     * @param request of an instance
     */
    void onTable(JsonNode request, Consumer<Table> action) {
        called(() -> {
            try (Table table = open(TableJob.read(request, defaults), ProgressListener.NONE)) {
                action.accept(table);
                return table;
            }
        });
    }

    /** Returns the digest of all sources of all outputs. */
    static String digest(StagedCompaction staged) {
        SourceDigest digest = new SourceDigest();
        for (StagedOutput output : staged.outputs()) {
            digest.add(output.digest(), output.bytes());
        }
        return digest.text();
    }

    private Table open(TableJob job, ProgressListener progress) {
        return tables.open(job.table(), resources.options(job.settings()).withProgress(progress));
    }

    private static TableRequest request(TableJob job) {
        return TableRequest.defaults()
                .withOptions(job.tableOptions())
                .withWhere(job.where())
                .withBranch(job.branch());
    }

    private <T> T called(Supplier<T> call) {
        try {
            return call.get();
        } catch (GlulamException | StepFailed | LostRun known) {
            throw known;
        } catch (CommitStateUnknown unknown) {
            throw StepFailed.retryable(
                    "CommitStateUnknown", message(unknown), "look at the table's newest snapshot; nothing was deleted");
        } catch (IllegalArgumentException misuse) {
            throw new StepFailed("InvalidTableRequest", message(misuse), "change the request");
        } catch (RuntimeException failure) {
            // Messages of libraries may hold secrets of catalogs.
            LOG.error("a table failed: {}", trace(failure));
            throw StepFailed.retryable(
                    Failure.INTERNAL, "internal error: " + failure.getClass().getSimpleName(), "please report it");
        }
    }

    private static String message(Throwable failure) {
        return String.valueOf(failure.getMessage());
    }

    /** Classes and places, no messages. */
    private static String trace(Throwable failure) {
        StringBuilder text = new StringBuilder();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            text.append(text.isEmpty() ? "" : " caused by ")
                    .append(cause.getClass().getName());
            for (int i = 0; i < Math.min(5, cause.getStackTrace().length); i++) {
                text.append(" at ").append(cause.getStackTrace()[i]);
            }
        }
        return text.toString();
    }
}
