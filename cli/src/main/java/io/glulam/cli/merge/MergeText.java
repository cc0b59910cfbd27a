package io.glulam.cli.merge;

import io.glulam.CompactionReport;
import io.glulam.MergePreview;
import io.glulam.MergeReport;
import io.glulam.MergeReport.InputFacts;
import io.glulam.cli.compact.ReportText;
import io.glulam.cli.text.Output;
import io.glulam.cli.text.Texts;
import io.glulam.plan.Plan;
import io.glulam.plan.PlanText;
import io.glulam.plan.Units;
import java.util.List;

/** Tells people what a merge did or would do. */
public final class MergeText {
    private static final int MAX_DROPPED = 20;

    private final Output out;

    public MergeText(Output out) {
        this.out = out;
    }

    /** Prints what was done: each output, then what all inputs together were and what was dropped. */
    public void print(MergeReport report) {
        for (CompactionReport output : report.outputs()) {
            new ReportText(out, output).printMerged(output.plan().source().name());
            out.line();
        }
        out.line(summary(report.inputs(), report.outputs().size()));
        printDropped(report.dropped());
    }

    /** Prints what would be done. */
    public void print(MergePreview preview) {
        for (Plan plan : preview.outputs()) {
            out.results().print(PlanText.of(plan, out.width()));
            out.line();
        }
        out.line(summary(preview.inputs(), preview.outputs().size()) + " Nothing was written.");
        printDropped(preview.dropped());
    }

    private static String summary(InputFacts inputs, int outputs) {
        return Texts.count(inputs.files(), "file") + ", " + Units.size(inputs.bytes()) + ", "
                + Units.count(inputs.rows()) + " rows in " + Texts.count(inputs.rowGroups(), "row group")
                + ": merged into " + Texts.count(outputs, "file") + ".";
    }

    private void printDropped(List<String> dropped) {
        if (dropped.isEmpty()) {
            return;
        }
        out.line("Not carried along:");
        for (String text : dropped.subList(0, Math.min(MAX_DROPPED, dropped.size()))) {
            out.line("- " + Texts.printable(text));
        }
        if (dropped.size() > MAX_DROPPED) {
            out.line("and " + (dropped.size() - MAX_DROPPED) + " more, all of them in --json");
        }
    }
}
