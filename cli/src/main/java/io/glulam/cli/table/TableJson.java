package io.glulam.cli.table;

import com.fasterxml.jackson.core.JsonGenerator;
import io.glulam.cli.compact.TrafficJson;
import io.glulam.s3.PriceList;
import io.glulam.storage.Traffic;
import io.glulam.tables.LeftFiles;
import io.glulam.tables.PartitionState;
import io.glulam.tables.RowGroupJudgment;
import io.glulam.tables.TablePlan;
import io.glulam.tables.TableReport;
import io.glulam.tables.TableVerification;
import io.glulam.tables.TrafficEstimate;
import java.io.IOException;
import java.util.List;

/** Tells machines about a table: documents whose fields are listed in {@code docs/json.md}. */
public final class TableJson {
    private TableJson() {}

    /** Writes a table's state and what a compaction would do. */
    public static void write(JsonGenerator json, TablePlan plan) throws IOException {
        json.writeStartObject();
        writeFields(json, plan);
        json.writeEndObject();
    }

    private static void writeFields(JsonGenerator json, TablePlan plan) throws IOException {
        json.writeStringField("table", plan.table().toString());
        json.writeStringField("format", plan.format());
        json.writeStringField("location", plan.location());
        json.writeNumberField("snapshot_id", plan.snapshot());
        json.writeStringField("planned", plan.outcome().name());
        json.writeArrayFieldStart("partitions");
        for (PartitionState partition : plan.partitions()) {
            write(json, partition);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("left");
        for (LeftFiles left : plan.left()) {
            json.writeStartObject();
            json.writeStringField("reason", left.reason().name());
            json.writeNumberField("files", left.files());
            json.writeNumberField("bytes", left.bytes());
            writeTexts(json, "examples", left.examples());
            json.writeStringField("remedy", TableText.remedy(left));
            json.writeEndObject();
        }
        json.writeEndArray();
        RowGroupJudgment judgment = plan.judgment();
        json.writeObjectFieldStart("row_groups");
        json.writeNumberField("known", judgment.rowGroups());
        json.writeNumberField("fragments", judgment.fragments());
        json.writeNumberField("files_judged", judgment.judged());
        json.writeNumberField("files_sampled", judgment.sampled());
        json.writeNumberField("files_unread", judgment.unread());
        json.writeEndObject();
        json.writeObjectFieldStart("deletes");
        json.writeNumberField("data_files", plan.deletes().dataFiles());
        json.writeNumberField("delete_files", plan.deletes().deleteFiles());
        json.writeEndObject();
        TrafficJson.write(json, "expected_traffic", plan.expected());
        writeTexts(json, "notes", plan.notes());
    }

    private static void write(JsonGenerator json, PartitionState partition) throws IOException {
        Traffic expected = TrafficEstimate.of(partition.candidates(), partition.candidateBytes(), partition.outputs());
        json.writeStartObject();
        json.writeStringField("name", partition.name());
        json.writeNumberField("files", partition.files());
        json.writeNumberField("bytes", partition.bytes());
        json.writeNumberField("rows", partition.rows());
        json.writeNumberField("files_with_deletes", partition.deleteFiles());
        json.writeNumberField("candidates", partition.candidates());
        json.writeNumberField("candidate_bytes", partition.candidateBytes());
        json.writeNumberField("groups", partition.groups());
        json.writeNumberField("outputs", partition.outputs());
        json.writeNumberField(
                "requests",
                expected.requests().values().stream().mapToLong(Long::longValue).sum());
        json.writeNumberField("request_dollars", PriceList.S3.requests(expected));
        json.writeNumberField("managed_dollars", partition.candidateBytes() * TableText.MANAGED);
        json.writeEndObject();
    }

    /** Writes what a compaction did. */
    public static void write(JsonGenerator json, TableReport report) throws IOException {
        json.writeStartObject();
        TableReport.Counts counts = report.counts();
        json.writeStringField("outcome", report.outcome().name());
        json.writeNumberField("rewritten_data_files_count", counts.rewrittenDataFiles());
        json.writeNumberField("added_data_files_count", counts.addedDataFiles());
        json.writeNumberField("rewritten_bytes_count", counts.rewrittenBytes());
        json.writeNumberField("failed_data_files_count", counts.failedDataFiles());
        json.writeNumberField("removed_delete_files_count", counts.removedDeleteFiles());
        json.writeNumberField(
                "left_data_files_count",
                report.plan().left().stream().mapToInt(LeftFiles::files).sum());
        json.writeNumberField("added_bytes_count", report.bytes().added());
        json.writeNumberField("moved_bytes_count", report.bytes().moved());
        json.writeNumberField("remapped_bytes_count", report.bytes().remapped());
        json.writeNumberField("recoded_bytes_count", report.bytes().recoded());
        TableReport.AppliedDeletes deletes = report.deletes();
        json.writeNumberField("deleted_rows_count", deletes.rows());
        json.writeNumberField("moved_pages_count", deletes.movedPages());
        json.writeNumberField("cut_pages_count", deletes.cutPages());
        json.writeNumberField("dropped_pages_count", deletes.droppedPages());
        TrafficJson.write(json, "traffic", report.traffic());
        json.writeNumberField("request_dollars", PriceList.S3.requests(report.traffic()));
        json.writeArrayFieldStart("committed_snapshot_ids");
        for (long snapshot : report.snapshots()) {
            json.writeNumber(snapshot);
        }
        json.writeEndArray();
        json.writeNumberField("held_bytes", report.heldBytes());
        json.writeStringField("release", report.release());
        writeTexts(json, "run_notes", report.notes());
        json.writeObjectFieldStart("plan");
        writeFields(json, report.plan());
        json.writeEndObject();
        json.writeEndObject();
    }

    /** Writes how two snapshots compare. */
    public static void write(JsonGenerator json, TableVerification verification) throws IOException {
        json.writeStartObject();
        json.writeBooleanField("equal", verification.equal());
        json.writeNumberField("before", verification.before());
        json.writeNumberField("after", verification.after());
        json.writeNumberField("rows_before", verification.rowsBefore());
        json.writeNumberField("rows_after", verification.rowsAfter());
        writeTexts(json, "differences", verification.differences());
        json.writeEndObject();
    }

    private static void writeTexts(JsonGenerator json, String name, List<String> texts) throws IOException {
        json.writeArrayFieldStart(name);
        for (String text : texts) {
            json.writeString(text);
        }
        json.writeEndArray();
    }
}
