package io.glulam.service.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import io.glulam.error.SourceChanged;
import io.glulam.service.ledger.TableFiles;
import io.glulam.service.ledger.TableFiles.State;
import io.glulam.service.ledger.TableFiles.TableFile;
import io.glulam.service.workflow.CommittedTable.NewFiles;
import io.glulam.service.workflow.CommittedTable.SeveralCommits;
import io.glulam.tables.StagedCompaction;
import io.glulam.tables.StagedCompaction.Committed;
import io.glulam.tables.StagedFile;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Step 4 of a table: one commit of all new files, or several where the request asks for partial progress. A commit carries the
 * instance's name, by which it is found in the table's history after a crash. Where a commit may have been begun before and its
 * outcome cannot be told, nothing is deleted.
 */
final class CommitTable implements Step {
    static final String NAME = "commit";

    private final TableWork work;
    private final TableFiles files;
    private final Clock clock;

    CommitTable(TableWork work, TableFiles files, Clock clock) {
        this.work = work;
        this.files = files;
        this.clock = clock;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public JsonNode run(StepContext context) {
        PlannedTable plan = PlannedTable.of(context);
        String name = plan.work();
        List<TableFile> written = files.of(context.run().instanceId()).stream()
                .filter(file -> file.work().equals(name) && file.file() != null)
                .toList();
        if (written.isEmpty()) {
            return new CommittedTable.Nothing(plan.whyNothing(), plan.left()).toJson();
        }
        boolean begun = written.stream().anyMatch(file -> file.state() == State.COMMITTING);
        try {
            return work.onPlanned(
                    context,
                    staged -> new Commits(context, plan, staged).of(written).toJson());
        } catch (SourceChanged gone) {
            throw begun ? unknown(gone) : gone;
        }
    }

    /**
     * Files of one commit.
     *
     * @param run by which the commit is found
     */
    private record Batch(String run, List<TableFile> files) {
        boolean isBegun() {
            return files.stream().anyMatch(file -> file.state() == State.COMMITTING);
        }
    }

    private static StepFailed unknown(SourceChanged conflict) {
        return new StepFailed(
                "CommitStateUnknown",
                "a commit was begun before the server stopped, and the table's history does not tell whether it was"
                        + " made: "
                        + conflict.problem(),
                "look at the table's snapshots; nothing was deleted. Then restart the instance, which plans the"
                        + " newest");
    }

    /** The commits of one attempt. */
    private final class Commits {
        private final StepContext context;
        private final PlannedTable plan;
        private final StagedCompaction staged;
        private final List<TableFile> done = new ArrayList<>();
        private final List<Committed> made = new ArrayList<>();
        private final List<String> failures = new ArrayList<>();
        private boolean recovered;

        Commits(StepContext context, PlannedTable plan, StagedCompaction staged) {
            this.context = context;
            this.plan = plan;
            this.staged = staged;
        }

        CommittedTable of(List<TableFile> written) {
            List<Batch> batches = batches(written, staged.commits().max());
            for (Batch batch : batches) {
                if (failures.size() > staged.commits().maxFailed()) {
                    remove(batch);
                    continue;
                }
                try {
                    made.add(commit(batch));
                    done.addAll(batch.files());
                } catch (SourceChanged conflict) {
                    remove(batch);
                    failures.add(conflict.problem());
                }
            }
            if (made.isEmpty()) {
                throw new StepFailed(
                        "SourceChanged", failures.get(0), "restart the instance, which plans the newest snapshot");
            }
            return result(batches.size() > 1);
        }

        /** Divides files by their positions in the plan, so that an attempt after a crash has the same commits. */
        private List<Batch> batches(List<TableFile> written, int max) {
            if (max == 1) {
                return List.of(new Batch(plan.work(), written));
            }
            List<Integer> taken = plan.taken();
            int size = (taken.size() + max - 1) / max;
            List<Batch> batches = new ArrayList<>();
            for (int from = 0; from < taken.size(); from += size) {
                Set<Integer> positions = Set.copyOf(taken.subList(from, Math.min(taken.size(), from + size)));
                List<TableFile> files = written.stream()
                        .filter(file -> positions.contains(file.position()))
                        .toList();
                if (!files.isEmpty()) {
                    batches.add(new Batch(plan.work() + "-" + from / size, files));
                }
            }
            return batches;
        }

        /**
         * Commits a batch, unless an earlier attempt has.
         *
         * @throws SourceChanged if a concurrent commit conflicts; nothing was committed
         */
        private Committed commit(Batch batch) {
            Long found = batch.isBegun() ? staged.find(batch.run()) : null;
            if (found == null) {
                files.committing(
                        context.run(),
                        plan.work(),
                        batch.files().stream().map(TableFile::position).toList());
                try {
                    return staged.commit(
                            batch.files().stream().map(CommitTable::staged).toList(), batch.run());
                } catch (SourceChanged conflict) {
                    found = staged.find(batch.run());
                    if (found == null) {
                        throw batch.isBegun() ? unknown(conflict) : conflict;
                    }
                }
            }
            recovered = true;
            return staged.committed(found);
        }

        /** Removes the files of a batch. This attempt alone could have committed them, and it has not. */
        private void remove(Batch batch) {
            for (TableFile file : batch.files()) {
                staged.removeNew(file.place());
                files.remove(context.run().instanceId(), plan.work(), file.position());
            }
        }

        private CommittedTable result(boolean several) {
            NewFiles sum = NewFiles.NONE;
            for (TableFile each : done) {
                StagedFile file = staged(each);
                int sources = staged.outputs().get(file.output()).files()
                        - file.left().size();
                sum = sum.plus(file, sources);
            }
            Committed last = made.get(made.size() - 1);
            List<String> notes = new ArrayList<>(last.notes());
            if (several) {
                notes.addAll(failures);
            }
            return new CommittedTable.Snapshot(
                    Instant.ofEpochMilli(clock.millis()),
                    last.snapshot(),
                    recovered,
                    sum,
                    last.release(),
                    notes,
                    several
                            ? new SeveralCommits(
                                    made.stream().map(Committed::snapshot).toList(), failures.size())
                            : null);
        }
    }

    private static StagedFile staged(TableFile file) {
        return StagedFileJson.read(Objects.requireNonNull(file.file()));
    }
}
