package io.glulam.cli.merge;

import io.glulam.CompactionReport;
import io.glulam.MergePreview;
import io.glulam.MergeReport;
import io.glulam.MergeReport.InputFacts;
import io.glulam.MergeReport.Outcome;
import io.glulam.cli.compact.ReportText;
import io.glulam.cli.compact.TrafficText;
import io.glulam.cli.text.Output;
import io.glulam.cli.text.Texts;
import io.glulam.inputs.PassedOver;
import io.glulam.inputs.PassedOver.Reason;
import io.glulam.plan.Plan;
import io.glulam.plan.PlanText;
import io.glulam.plan.Units;
import java.util.List;
import java.util.Map;

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
        out.line(summary(report.inputs())
                + ending(report.outcome(), report.outputs().size()));
        MergeReport.Replaced replaced = report.replaced();
        if (replaced != null) {
            out.line("Replaced: " + Texts.count(replaced.inputs(), "input") + " and "
                    + Texts.count(replaced.outputs(), "earlier output")
                    + " deleted. No store deletes on a condition, so each version was checked just before.");
        }
        printOrder(report.inputs());
        if (!report.traffic().requests().isEmpty()) {
            new TrafficText(out, report.traffic()).print();
        }
        printPassedOver(report.passedOverCounts(), report.passedOver());
        printDropped(report.dropped());
    }

    /**
     * Prints what would be done.
     *
     * @param replaces whether the inputs would be deleted afterwards
     */
    public void print(MergePreview preview, boolean replaces) {
        for (Plan plan : preview.outputs()) {
            out.results().print(PlanText.of(plan, out.width()));
            out.line();
        }
        out.line(summary(preview.inputs())
                + ending(preview.outcome(), preview.outputs().size()) + " Nothing was written.");
        int deleted = deleted(preview);
        if (replaces && deleted > 0) {
            out.line("After that, --replace would delete the " + Texts.count(deleted, "file") + ".");
        }
        printOrder(preview.inputs());
        printPassedOver(preview.passedOverCounts(), preview.passedOver());
        printDropped(preview.dropped());
    }

    /** Returns the number of files whose rows would be in OUT: those that would be merged, and those that are there already. */
    private static int deleted(MergePreview preview) {
        Map<Reason, Integer> passedOver = preview.passedOverCounts();
        int stay = passedOver.getOrDefault(Reason.FEW, 0) + passedOver.getOrDefault(Reason.STAYS, 0);
        int merged = preview.outputs().isEmpty() ? 0 : preview.inputs().files() - stay;
        return merged + passedOver.getOrDefault(Reason.MERGED, 0);
    }

    private static String summary(InputFacts inputs) {
        return Texts.count(inputs.files(), "file") + ", " + Units.size(inputs.bytes()) + ", "
                + Units.count(inputs.rows()) + " rows in " + Texts.count(inputs.rowGroups(), "row group");
    }

    private void printOrder(InputFacts inputs) {
        MergeReport.InputOrder order = inputs.order();
        if (order == null) {
            return;
        }
        String overlaps = order.overlaps() == 0
                ? "no ranges overlap, so that sorting_columns by it stay."
                : Texts.count(order.overlaps(), "file") + " may have values before those of the file before:"
                        + " sorting_columns that are not true for a merged row group are dropped.";
        out.line("The files are in the order of the minimum of " + Texts.printable(order.column()) + "; " + overlaps);
    }

    private static String ending(Outcome outcome, int outputs) {
        return switch (outcome) {
            case MERGED -> ": merged into " + Texts.count(outputs, "file") + ".";
            case NO_CANDIDATES -> ": no file to merge.";
            case NOTHING_GAINED -> ": nothing to gain, every file would stay as it is.";
            case SCHEMAS_DIFFER -> ": nothing to gain, their schemas differ.";
        };
    }

    private void printPassedOver(Map<Reason, Integer> counts, List<PassedOver> files) {
        for (Reason reason : Reason.values()) {
            int count = counts.getOrDefault(reason, 0);
            if (count > 0) {
                String example = files.stream()
                        .filter(file -> file.reason() == reason)
                        .findFirst()
                        .map(file -> ", such as " + Texts.printable(file.name()))
                        .orElse("");
                out.line("Passed over: " + Texts.count(count, "file") + " (" + title(reason) + ")" + example + ".");
            }
        }
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

    private static String title(Reason reason) {
        return switch (reason) {
            case HIDDEN -> "hidden";
            case EMPTY -> "empty";
            case FOREIGN -> "not named as a Parquet file";
            case LINK -> "a link to a folder";
            case YOUNG -> "younger than --older-than";
            case FEW -> "with fewer files than --min-input-files";
            case MERGED -> "in OUT already";
            case OUTPUT -> "written by an earlier merge into OUT";
            case STAYS -> "in OUT as they would be written";
            case LARGE -> "not smaller than --min-file-size";
        };
    }
}
