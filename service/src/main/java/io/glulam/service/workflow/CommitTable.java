package io.glulam.service.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.glulam.error.SourceChanged;
import io.glulam.s3.PriceList;
import io.glulam.service.json.Json;
import io.glulam.service.ledger.TableFiles;
import io.glulam.service.ledger.TableFiles.State;
import io.glulam.service.ledger.TableFiles.TableFile;
import io.glulam.storage.Traffic;
import io.glulam.tables.StagedCompaction;
import io.glulam.tables.StagedCompaction.Committed;
import io.glulam.tables.StagedFile;
import io.glulam.tables.StagedOutput;
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
    static final String FAILED_COMMITS = "failedCommits";

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
        String name = PlannedTable.of(context).work();
        List<TableFile> written = files.of(context.run().instanceId()).stream()
                .filter(file -> file.work().equals(name) && file.file() != null)
                .toList();
        if (written.isEmpty()) {
            return nothing(context.result(GetFileMetadata.NAME));
        }
        boolean begun = written.stream().anyMatch(file -> file.state() == State.COMMITTING);
        try {
            return work.onPlanned(context, staged -> committed(context, name, written, staged));
        } catch (SourceChanged gone) {
            throw begun ? unknown(gone) : gone;
        }
    }

    private static JsonNode nothing(JsonNode plan) {
        ObjectNode result = Json.object();
        result.put(CompactedObject.PUBLISHED, false);
        result.put("nothingToDo", true);
        String reason = plan.path("nothingToDo").booleanValue()
                ? plan.path("reason").asText()
                : plan.path(PlanTable.CEILING).asText("no output can be made; the plan tells why");
        result.put("reason", reason);
        result.set("left", plan.path("left"));
        return result;
    }

    private JsonNode committed(StepContext context, String name, List<TableFile> written, StagedCompaction staged) {
        List<TableFile> done = new ArrayList<>();
        List<Committed> commits = new ArrayList<>();
        List<String> failures = new ArrayList<>();
        boolean[] recovered = {false};
        List<Batch> batches = batches(context, name, written, staged.commits().max());
        for (Batch batch : batches) {
            if (failures.size() > staged.commits().maxFailed()) {
                remove(context, name, batch.files(), staged);
                continue;
            }
            try {
                commits.add(commit(context, name, batch, staged, recovered));
                done.addAll(batch.files());
            } catch (SourceChanged conflict) {
                remove(context, name, batch.files(), staged);
                failures.add(conflict.problem());
            }
        }
        if (commits.isEmpty()) {
            throw new StepFailed(
                    "SourceChanged", failures.get(0), "restart the instance, which plans the newest snapshot");
        }
        ObjectNode result = result(staged, done, commits.get(commits.size() - 1), recovered[0]);
        if (batches.size() > 1) {
            ArrayNode snapshots = result.putArray("snapshots");
            commits.forEach(commit -> snapshots.add(commit.snapshot()));
            result.put(FAILED_COMMITS, failures.size());
            failures.forEach(((ArrayNode) result.path("notes"))::add);
        }
        return result;
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

    /** Divides files by their places in the plan, so that an attempt after a crash has the same commits. */
    private static List<Batch> batches(StepContext context, String name, List<TableFile> written, int max) {
        if (max == 1) {
            return List.of(new Batch(name, written));
        }
        List<Integer> taken = PlannedTable.of(context).taken();
        int size = (taken.size() + max - 1) / max;
        List<Batch> batches = new ArrayList<>();
        for (int from = 0; from < taken.size(); from += size) {
            Set<Integer> positions = Set.copyOf(taken.subList(from, Math.min(taken.size(), from + size)));
            List<TableFile> files = written.stream()
                    .filter(file -> positions.contains(file.position()))
                    .toList();
            if (!files.isEmpty()) {
                batches.add(new Batch(name + "-" + from / size, files));
            }
        }
        return batches;
    }

    /**
     * Commits a batch, unless an earlier attempt has.
     *
     * @throws SourceChanged if a concurrent commit conflicts; nothing was committed
     */
    private Committed commit(
            StepContext context, String name, Batch batch, StagedCompaction staged, boolean[] recovered) {
        Long found = batch.isBegun() ? staged.find(batch.run()) : null;
        if (found == null) {
            files.committing(
                    context.run(),
                    name,
                    batch.files().stream().map(TableFile::position).toList());
            try {
                return staged.commit(
                        batch.files().stream()
                                .map(file -> StagedFileJson.read(Objects.requireNonNull(file.file())))
                                .toList(),
                        batch.run());
            } catch (SourceChanged conflict) {
                found = staged.find(batch.run());
                if (found == null) {
                    throw batch.isBegun() ? unknown(conflict) : conflict;
                }
            }
        }
        recovered[0] = true;
        return staged.committed(found);
    }

    /** This call was the only one that could have committed them, and it has not. */
    private void remove(StepContext context, String name, List<TableFile> written, StagedCompaction staged) {
        for (TableFile file : written) {
            staged.removeNew(file.place());
            files.remove(context.run().instanceId(), name, file.position());
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

    private ObjectNode result(
            StagedCompaction staged, List<TableFile> written, Committed committed, boolean recovered) {
        ObjectNode result = Json.object();
        result.put(CompactedObject.PUBLISHED, true);
        result.put(
                CompactedObject.PUBLISHED_AT,
                Instant.ofEpochMilli(clock.millis()).toString());
        result.put(PlanTable.SNAPSHOT, committed.snapshot());
        result.put("recovered", recovered);
        List<StagedOutput> outputs = staged.outputs();
        long sources = 0;
        long before = 0;
        long[] bytes = new long[4];
        Traffic traffic = Traffic.NONE;
        for (TableFile each : written) {
            StagedFile file = StagedFileJson.read(Objects.requireNonNull(each.file()));
            sources += outputs.get(file.output()).files() - file.left().size();
            before += file.sourceBytes();
            bytes[0] += file.bytes().moved();
            bytes[1] += file.bytes().remapped();
            bytes[2] += file.bytes().recoded();
            bytes[3] += file.bytes().added();
            traffic = traffic.plus(file.traffic());
        }
        result.putObject("before").put("files", sources).put("bytes", before);
        result.putObject("after").put("files", written.size()).put("bytes", bytes[3]);
        result.put("bytesMoved", bytes[0]);
        result.put("bytesRemapped", bytes[1]);
        result.put("bytesRecoded", bytes[2]);
        result.put("requestDollars", PriceList.S3.requests(traffic));
        CompactionResult.add(result, traffic);
        result.put("bytesHeldByOldSnapshots", before);
        result.put("release", committed.release());
        ArrayNode notes = result.putArray("notes");
        committed.notes().forEach(notes::add);
        return result;
    }
}
