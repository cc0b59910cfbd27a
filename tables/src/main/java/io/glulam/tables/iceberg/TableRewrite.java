package io.glulam.tables.iceberg;

import io.glulam.CompactionOptions;
import io.glulam.plan.Order;
import io.glulam.storage.ObjectRef;
import io.glulam.storage.Traffic;
import io.glulam.tables.StagedCompaction.Commits;
import io.glulam.tables.TableAddress;
import io.glulam.tables.TableListener;
import io.glulam.tables.TableReport;
import io.glulam.tables.TableReport.AppliedDeletes;
import io.glulam.tables.TableReport.Counts;
import io.glulam.tables.TableReport.MovedBytes;
import io.glulam.tables.TableRequest;
import io.glulam.tables.iceberg.files.Locations;
import io.glulam.tables.iceberg.plan.PartitionFilter;
import io.glulam.tables.iceberg.plan.RewriteOptions;
import io.glulam.tables.iceberg.plan.RewritePlan;
import io.glulam.tables.iceberg.plan.RewritePlanner;
import io.glulam.tables.iceberg.rewrite.OutputNames;
import io.glulam.tables.iceberg.rewrite.OutputRunner;
import io.glulam.tables.iceberg.rewrite.OutputWriter;
import io.glulam.tables.iceberg.rewrite.RewriteResult;
import io.glulam.tables.iceberg.rewrite.RewriteRun;
import io.glulam.tables.iceberg.rewrite.StagedRewrite;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.LongFunction;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.Table;
import org.apache.iceberg.expressions.Expression;
import org.jspecify.annotations.Nullable;

/** A compaction of a table that is loaded: plans, and carries the plan out here or elsewhere. Used once. */
public final class TableRewrite {
    private final Table table;
    private final TableAddress address;
    private final Locations locations;
    private final Function<String, ObjectRef> objects;
    private final TableRequest request;
    private final TableRules rules;
    private final RewriteOptions options;
    private final CompactionOptions compaction;
    private final String runId = UUID.randomUUID().toString();

    /**
     * @param locations where the table's files may lie
     * @param objects opens a file by its path
     * @param compaction how row groups are merged; the table's properties go before its settings
     * @throws IllegalArgumentException with a sentence for people, if an option cannot be meant
     * @throws io.glulam.error.Unsupported if the table must not be rewritten
     */
    public TableRewrite(
            Table table,
            TableAddress address,
            Locations locations,
            Function<String, ObjectRef> objects,
            CompactionOptions compaction,
            TableRequest request) {
        if (compaction.settings().order() != Order.PRESERVE) {
            throw new IllegalArgumentException("files of tables keep the order of their rows");
        }
        this.table = table;
        this.address = address;
        this.locations = locations;
        this.objects = objects;
        this.request = request;
        this.rules = TableRules.of(table);
        this.options = RewriteOptions.of(request.options(), table.properties());
        this.compaction = compaction(table, compaction);
    }

    /** Returns how row groups of a table are merged: its properties go before {@code compaction}'s settings. */
    public static CompactionOptions compaction(Table table, CompactionOptions compaction) {
        return compaction.withSettings(TableRules.of(table).applied(compaction.settings()));
    }

    /** Plans with the filter of the request; {@code warnings} are sentences for the plan. */
    public RewritePlan plan(List<String> warnings) {
        return plan(PartitionFilter.parse(request.where(), table.schema()), warnings);
    }

    /** Plans with a filter; {@code warnings} are sentences for the plan. */
    public RewritePlan plan(Expression filter, List<String> warnings) {
        return plan(start(request.branch()), filter, warnings);
    }

    /** Plans from a snapshot with the filter of the request; null for a table that had none. */
    RewritePlan plan(@Nullable Snapshot start, List<String> warnings) {
        return plan(start, PartitionFilter.parse(request.where(), table.schema()), warnings);
    }

    private RewritePlan plan(@Nullable Snapshot start, Expression filter, List<String> warnings) {
        List<String> notes = new ArrayList<>(warnings);
        notes.addAll(rules.notes());
        String branch = request.branch();
        return new RewritePlanner(
                        table,
                        address,
                        options,
                        locations,
                        compaction,
                        objects,
                        request.maxFooters(),
                        request.applyDeletes())
                .plan(start, branch, filter, notes);
    }

    private @Nullable Snapshot start(@Nullable String branch) {
        if (branch == null) {
            return table.currentSnapshot();
        }
        SnapshotRef ref = table.refs().get(branch);
        if (ref == null || !ref.isBranch()) {
            throw new IllegalArgumentException("the table has no branch '" + branch + "'");
        }
        return table.snapshot(ref.snapshotId());
    }

    /** Returns a plan whose outputs are written one by one; {@code release} as {@link StagedRewrite} has it. */
    StagedRewrite staged(RewritePlan plan, LongFunction<String> release) {
        Commits commits =
                options.partialProgress() ? new Commits(options.maxCommits(), options.maxFailedCommits()) : Commits.ONE;
        return new StagedRewrite(
                table, address, plan, compaction, objects, locations, request.branch(), commits, release);
    }

    /** Returns a runner that writes outputs in this process. */
    public OutputRunner here() {
        OutputNames names = new OutputNames(table, runId);
        return OutputRunner.here(new OutputWriter(table, compaction, objects), job -> {
            String location = names.of(job);
            locations.require(location);
            return location;
        });
    }

    /** Returns a text of which no other run has the same; part of the names of new files. */
    public String runId() {
        return runId;
    }

    /**
     * Carries a plan out.
     *
     * @param properties of the snapshots
     */
    public RewriteResult run(
            RewritePlan plan, OutputRunner runner, Map<String, String> properties, TableListener listener) {
        if (plan.outputs().isEmpty()) {
            return new RewriteResult(nothing(plan), List.of());
        }
        return new RewriteRun(table, address, plan, options, objects, request.branch(), runId, properties, listener)
                .run(runner);
    }

    private static TableReport nothing(RewritePlan plan) {
        return new TableReport(
                plan.summary(),
                plan.summary().outcome(),
                new Counts(0, 0, 0, 0, 0),
                new MovedBytes(0, 0, 0, 0),
                AppliedDeletes.NONE,
                Traffic.NONE,
                List.of(),
                0,
                "",
                List.of());
    }
}
