package io.glulam.cli.merge;

import com.fasterxml.jackson.core.JsonGenerator;
import io.glulam.CompactionReport;
import io.glulam.MergePreview;
import io.glulam.MergeReport;
import io.glulam.MergeReport.InputFacts;
import io.glulam.cli.compact.ReportJson;
import io.glulam.cli.compact.TrafficJson;
import io.glulam.inputs.PassedOver;
import io.glulam.plan.Plan;
import io.glulam.plan.PlanJson;
import java.io.IOException;
import java.util.List;

/** Tells machines what a merge did or would do: one document, its fields listed in {@code docs/json.md}. */
public final class MergeJson {
    private MergeJson() {}

    /** Writes what was done. */
    public static void write(JsonGenerator json, MergeReport report) throws IOException {
        json.writeStartObject();
        json.writeStringField("outcome", report.outcome().name());
        writeInputs(json, report.inputs());
        json.writeArrayFieldStart("outputs");
        for (CompactionReport output : report.outputs()) {
            new ReportJson(json, output).write(output.plan().source().name());
        }
        json.writeEndArray();
        TrafficJson.write(json, "traffic", report.traffic());
        writePassedOver(json, report.passedOver());
        writeDropped(json, report.dropped());
        MergeReport.Replaced replaced = report.replaced();
        json.writeFieldName("replaced");
        if (replaced == null) {
            json.writeNull();
        } else {
            json.writeStartObject();
            json.writeNumberField("inputs", replaced.inputs());
            json.writeNumberField("outputs", replaced.outputs());
            json.writeBooleanField("only_looked_at", true);
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    /** Writes what would be done. */
    public static void write(JsonGenerator json, MergePreview preview) throws IOException {
        json.writeStartObject();
        json.writeStringField("outcome", preview.outcome().name());
        writeInputs(json, preview.inputs());
        json.writeArrayFieldStart("plans");
        for (Plan plan : preview.outputs()) {
            PlanJson.write(plan, json);
        }
        json.writeEndArray();
        TrafficJson.write(json, "expected_traffic", preview.expected());
        writePassedOver(json, preview.passedOver());
        writeDropped(json, preview.dropped());
        json.writeEndObject();
    }

    private static void writeInputs(JsonGenerator json, InputFacts inputs) throws IOException {
        json.writeObjectFieldStart("inputs");
        json.writeNumberField("files", inputs.files());
        json.writeNumberField("bytes", inputs.bytes());
        json.writeNumberField("rows", inputs.rows());
        json.writeNumberField("row_groups", inputs.rowGroups());
        MergeReport.InputOrder order = inputs.order();
        json.writeFieldName("order");
        if (order == null) {
            json.writeNull();
        } else {
            json.writeStartObject();
            json.writeStringField("column", order.column());
            json.writeNumberField("overlaps", order.overlaps());
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private static void writePassedOver(JsonGenerator json, List<PassedOver> files) throws IOException {
        json.writeArrayFieldStart("passed_over");
        for (PassedOver file : files) {
            json.writeStartObject();
            json.writeStringField("file", file.name());
            json.writeStringField("reason", file.reason().name());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void writeDropped(JsonGenerator json, List<String> dropped) throws IOException {
        json.writeArrayFieldStart("dropped");
        for (String text : dropped) {
            json.writeString(text);
        }
        json.writeEndArray();
    }
}
