package io.glulam.tables.delta;

import io.glulam.CompactionOptions;
import io.glulam.error.Place;
import io.glulam.error.Unsupported;
import io.glulam.tables.StagedCompaction;
import io.glulam.tables.Table;
import io.glulam.tables.TableAddress;
import io.glulam.tables.TableListener;
import io.glulam.tables.TablePlan;
import io.glulam.tables.TableReport;
import io.glulam.tables.TableRequest;
import io.glulam.tables.TableVerification;
import io.glulam.tables.delta.files.TableFolder;
import io.glulam.tables.delta.files.TableForm;
import io.glulam.tables.delta.log.DeltaLog;
import io.glulam.tables.delta.log.TableVersion;
import io.glulam.tables.delta.plan.DeltaOptions;
import io.glulam.tables.delta.plan.DeltaPlan;
import io.glulam.tables.delta.plan.DeltaPlanner;
import io.glulam.tables.delta.rewrite.DeltaCompaction;
import io.glulam.tables.delta.rewrite.OutputRunner;
import io.glulam.tables.delta.rewrite.OutputWriter;
import io.glulam.tables.delta.rewrite.StagedDelta;
import io.glulam.tables.delta.rewrite.VersionComparison;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A Delta table. */
final class DeltaTable implements Table {
    private final TableAddress.Delta address;
    private final TableFolder folder;
    private final CompactionOptions options;
    private final DeltaLog log;

    DeltaTable(TableAddress.Delta address, TableFolder folder, CompactionOptions options) {
        this.address = address;
        this.folder = folder;
        this.options = options;
        this.log = new DeltaLog(folder.store(), folder.location(), options.bufferBytes());
    }

    @Override
    public TablePlan plan(TableRequest request) {
        return planned(request).shown();
    }

    @Override
    public StagedCompaction stage(TableRequest request, @Nullable Long version) {
        DeltaPlan plan = planned(request, version == null ? log.newest() : log.version(version), true);
        DeltaOptions given = DeltaOptions.of(request.options(), plan.version());
        requireSafeCommits(given);
        StagedCompaction.Commits commits = given.partialProgress()
                ? new StagedCompaction.Commits(given.maxCommits(), given.maxFailedCommits())
                : StagedCompaction.Commits.ONE;
        return new StagedDelta(address, folder, log, plan, commits, options);
    }

    @Override
    public void removeNew(String place) {
        StagedDelta.removeNew(place, folder);
    }

    DeltaPlan planned(TableRequest request) {
        return planned(request, log.newest(), true);
    }

    private DeltaPlan planned(TableRequest request, TableVersion version, boolean looksAtForms) {
        if (request.branch() != null) {
            throw new IllegalArgumentException("Delta tables have no branches");
        }
        ProtocolCheck.require(address.toString(), version);
        log.requireWritable(version);
        return new DeltaPlanner(address, folder, log, version, request, looksAtForms, options).plan();
    }

    @Override
    public TableReport compact(TableRequest request, TableListener listener) {
        DeltaPlan plan = planned(request, log.newest(), !folder.isRemote()); // In a store each footer is a request.
        OutputWriter writer = new OutputWriter(folder, log, TableForm.of(plan.version()), plan.looks(), options);
        return run(plan, request, OutputRunner.here(writer, UUID.randomUUID().toString()), listener);
    }

    /** Carries out a plan whose new files {@code runner} writes. */
    TableReport run(DeltaPlan plan, TableRequest request, OutputRunner runner, TableListener listener) {
        DeltaOptions given = DeltaOptions.of(request.options(), plan.version());
        requireSafeCommits(given);
        return new DeltaCompaction(address, folder, log, runner, listener).run(plan, given);
    }

    /** Writers that look and then put would overwrite a commit, in S3 as it is by default. */
    private void requireSafeCommits(DeltaOptions given) {
        if (!folder.isRemote()) {
            return;
        }
        if (!folder.store().store().capabilities().conditionalPublish()) {
            throw new Unsupported(
                    Place.of(address.toString()),
                    "the store has no conditional puts, so that a commit could overwrite another writer's");
        }
        if (!given.singleWriter()) {
            throw new Unsupported(
                    Place.of(address.toString()),
                    "Delta's default writers for S3 look whether a version is there and then put it, which could"
                            + " overwrite Glulam's commit",
                    "give the option " + DeltaOptions.SINGLE_WRITER
                            + "=true if no such writer commits to the table meanwhile");
        }
    }

    @Override
    public TableVerification verify(long before, long after) {
        return new VersionComparison(folder, log, options).compare(before, after);
    }

    @Override
    public void close() {}
}
