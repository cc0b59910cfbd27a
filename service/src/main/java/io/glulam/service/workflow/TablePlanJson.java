package io.glulam.service.workflow;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.glulam.s3.PriceList;
import io.glulam.service.json.Json;
import io.glulam.tables.Outcome;
import io.glulam.tables.PartitionState;
import io.glulam.tables.RowGroupJudgment;
import io.glulam.tables.TablePlan;

/** A table's state and what a compaction of it would do, as {@code /plan} and {@code /status} show it. */
final class TablePlanJson {
    static final String SNAPSHOT = "snapshot";
    static final String NOTHING_TO_DO = "nothingToDo";
    static final String REASON = "reason";
    static final String BEFORE = "before";
    static final String BYTES = "bytes";
    static final String LEFT = "left";

    private TablePlanJson() {}

    /**
     * Writes a plan.
     *
     * @param table its name
     * @param maxPartitions that are listed, the most fragmented first
     */
    static ObjectNode of(String table, TablePlan plan, int maxPartitions) {
        ObjectNode json = Json.object();
        json.put("table", table);
        json.put("format", plan.format());
        json.put(SNAPSHOT, plan.snapshot());
        json.put("outcome", plan.outcome().name());
        json.put(NOTHING_TO_DO, plan.outcome() != Outcome.COMPACTED);
        json.put(REASON, plan.outcome().sentence());
        ObjectNode before = json.putObject(BEFORE);
        before.put(
                "files",
                plan.partitions().stream().mapToInt(PartitionState::files).sum());
        before.put(
                BYTES,
                plan.partitions().stream().mapToLong(PartitionState::bytes).sum());
        before.put(
                "rows",
                plan.partitions().stream().mapToLong(PartitionState::rows).sum());
        json.put("partitionCount", plan.partitions().size());
        ArrayNode partitions = json.putArray("partitions");
        plan.partitions().stream().limit(maxPartitions).forEach(partition -> partitions.add(partition(partition)));
        json.set(
                LEFT,
                LeftFilesJson.toJson(plan.left().stream().map(LeftFilesJson::of).toList()));
        RowGroupJudgment judgment = plan.judgment();
        json.putObject("rowGroups")
                .put("known", judgment.rowGroups())
                .put("fragments", judgment.fragments())
                .put("filesJudged", judgment.judged())
                .put("filesSampled", judgment.sampled())
                .put("filesUnread", judgment.unread());
        json.put("requestDollars", PriceList.S3.requests(plan.expected()));
        ArrayNode notes = json.putArray("notes");
        plan.notes().forEach(notes::add);
        return json;
    }

    private static ObjectNode partition(PartitionState state) {
        return Json.object()
                .put("name", state.name())
                .put("files", state.files())
                .put("bytes", state.bytes())
                .put("rows", state.rows())
                .put("filesWithDeletes", state.deleteFiles())
                .put("candidates", state.candidates())
                .put("candidateBytes", state.candidateBytes())
                .put("outputs", state.outputs());
    }
}
