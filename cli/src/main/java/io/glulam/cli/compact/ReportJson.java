package io.glulam.cli.compact;

import com.fasterxml.jackson.core.JsonGenerator;
import io.glulam.CompactionReport;
import io.glulam.CompactionReport.ColumnResult;
import io.glulam.CompactionReport.Cost;
import io.glulam.CompactionReport.PhaseTime;
import io.glulam.CompactionReport.Unguarded;
import io.glulam.FileShape;
import io.glulam.PlanHash;
import io.glulam.plan.PlanTotals;
import java.io.IOException;
import java.util.OptionalLong;

/** Tells machines what a compaction did: one document, its fields listed in {@code docs/json.md}. */
public final class ReportJson {
    private final JsonGenerator json;
    private final CompactionReport report;

    public ReportJson(JsonGenerator json, CompactionReport report) {
        this.json = json;
        this.report = report;
    }

    /** Writes the document for the file that was named {@code source}. */
    public void write(String source) throws IOException {
        json.writeStartObject();
        json.writeStringField("source", source);
        json.writeStringField("target", report.target());
        json.writeBooleanField("published", report.published());
        json.writeBooleanField("nothing_to_do", report.plan().isEmpty());
        json.writeStringField("plan_hash", PlanHash.of(report.plan()));
        writeFacts("before", report.before());
        writeFacts("after", report.after());
        writeBytes();
        writeTiers();
        writeColumns();
        json.writeArrayFieldStart("dropped");
        for (String dropped : report.dropped()) {
            json.writeString(dropped);
        }
        json.writeEndArray();
        writePhases();
        TrafficJson.write(json, "traffic", report.cost().traffic());
        json.writeArrayFieldStart("only_looked_at");
        for (Unguarded what : Unguarded.values()) {
            if (report.unguarded().contains(what)) {
                json.writeString(what.name());
            }
        }
        json.writeEndArray();
        OptionalLong peak = PeakMemory.bytes();
        if (peak.isPresent()) {
            json.writeNumberField("peak_memory_bytes", peak.getAsLong());
        } else {
            json.writeNullField("peak_memory_bytes");
        }
        json.writeEndObject();
    }

    private void writeFacts(String field, FileShape shape) throws IOException {
        json.writeObjectFieldStart(field);
        json.writeNumberField("bytes", shape.bytes());
        json.writeNumberField("rows", shape.rows());
        json.writeNumberField("row_groups", shape.rowGroups());
        json.writeNumberField("fragments", shape.fragments());
        json.writeEndObject();
    }

    private void writeBytes() throws IOException {
        PlanTotals totals = report.plan().totals();
        Cost cost = report.cost();
        json.writeNumberField("bytes_read", cost.bytesRead());
        json.writeNumberField("bytes_written", cost.bytesWritten());
        json.writeNumberField("bytes_unpacked_for_rows", cost.bytesUnpackedForRows());
        json.writeNumberField("bytes_kept", totals.keptBytes());
        json.writeNumberField("bytes_moved", totals.movedBytes());
        json.writeNumberField("bytes_remapped", totals.remappedBytes());
        json.writeNumberField("bytes_coalesced", totals.coalescedBytes());
        json.writeNumberField("bytes_recoded", totals.recodedBytes());
    }

    private void writeTiers() throws IOException {
        json.writeArrayFieldStart("tiers");
        for (TierTotals.Line line : TierTotals.of(report)) {
            json.writeStartObject();
            json.writeStringField("tier", line.tier().name());
            json.writeStringField("reason", line.reason().name());
            json.writeNumberField("chunks", line.chunks());
            json.writeNumberField("source_bytes", line.sourceBytes());
            json.writeNumberField("expected_bytes", line.expectedBytes());
            json.writeNumberField("bytes", line.bytes());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void writeColumns() throws IOException {
        json.writeArrayFieldStart("columns");
        for (ColumnResult column : report.columns()) {
            json.writeStartObject();
            json.writeNumberField("row_group", column.rowGroup());
            json.writeStringField("column", column.column());
            json.writeStringField("tier", column.tier().name());
            json.writeStringField("reason", column.reason().name());
            json.writeNumberField("source_pages", column.sourcePages());
            json.writeNumberField("pages", column.pages());
            json.writeNumberField("source_bytes", column.sourceBytes());
            json.writeNumberField("expected_bytes", column.expectedBytes());
            json.writeNumberField("bytes", column.bytes());
            json.writeStringField(
                    "encoding",
                    column.recoding() == null ? null : column.recoding().main().name());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void writePhases() throws IOException {
        json.writeArrayFieldStart("phases");
        for (PhaseTime phase : report.cost().phases()) {
            json.writeStartObject();
            json.writeStringField("phase", phase.phase().name());
            json.writeNumberField("wall_seconds", phase.wall().toNanos() / 1e9);
            json.writeNumberField("cpu_seconds", phase.cpu().toNanos() / 1e9);
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
