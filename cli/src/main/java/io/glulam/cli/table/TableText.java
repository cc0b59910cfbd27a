package io.glulam.cli.table;

import io.glulam.cli.text.Output;
import io.glulam.cli.text.TextTable;
import io.glulam.cli.text.Texts;
import io.glulam.plan.Units;
import io.glulam.s3.PriceList;
import io.glulam.storage.Traffic;
import io.glulam.tables.LeftFiles;
import io.glulam.tables.LeftReason;
import io.glulam.tables.Outcome;
import io.glulam.tables.PartitionState;
import io.glulam.tables.RowGroupJudgment;
import io.glulam.tables.TablePlan;
import io.glulam.tables.TableReport;
import io.glulam.tables.TableVerification;
import io.glulam.tables.TrafficEstimate;
import java.util.List;
import java.util.Locale;

/** Tells people about a table. */
public final class TableText {
    /** Dollars a byte that managed services charge for compaction, by their lists of November 2026. */
    static final double MANAGED = 5.0 / 1e12;

    private static final int MAX_PARTITIONS = 30;

    private final Output out;

    public TableText(Output out) {
        this.out = out;
    }

    /** Prints what a table is like. */
    public void printState(TablePlan plan) {
        printHead(plan);
        TextTable table = new TextTable("partition", ">files", ">bytes", ">rows", ">with deletes", ">to merge");
        for (PartitionState partition : shown(plan)) {
            table.add(
                    name(partition),
                    Units.count(partition.files()),
                    Units.size(partition.bytes()),
                    Units.count(partition.rows()),
                    Units.count(partition.deleteFiles()),
                    Units.count(partition.candidates()));
        }
        print(table, plan);
        printDeletes(plan);
        printLeft(plan.left());
        printNotes(plan.notes());
        out.line(ending(plan));
    }

    /** Prints what a compaction would do. */
    public void printPlan(TablePlan plan) {
        printHead(plan);
        boolean remote = !plan.expected().requests().isEmpty();
        TextTable table = remote
                ? new TextTable(
                        "partition",
                        ">files",
                        ">to merge",
                        ">bytes",
                        ">groups",
                        ">into",
                        ">requests",
                        ">cost",
                        ">managed")
                : new TextTable("partition", ">files", ">to merge", ">bytes", ">groups", ">into", ">managed");
        for (PartitionState partition : shown(plan)) {
            Traffic expected =
                    TrafficEstimate.of(partition.candidates(), partition.candidateBytes(), partition.outputs());
            long requests = expected.requests().values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
            String name = name(partition);
            String files = Units.count(partition.files());
            String merged = Units.count(partition.candidates());
            String bytes = Units.size(partition.candidateBytes());
            String groups = Units.count(partition.groups());
            String outputs = Units.count(partition.outputs());
            String managed = dollars(partition.candidateBytes() * MANAGED);
            if (remote) {
                String cost = dollars(PriceList.S3.requests(expected));
                table.add(name, files, merged, bytes, groups, outputs, Units.count(requests), cost, managed);
            } else {
                table.add(name, files, merged, bytes, groups, outputs, managed);
            }
        }
        print(table, plan);
        printDeletes(plan);
        out.line("  managed: what managed services charge by their list, $5 a TB.");
        printLeft(plan.left());
        printNotes(plan.notes());
        out.line(ending(plan) + " Nothing was written.");
    }

    /** Prints what a compaction did. */
    public void printReport(TableReport report) {
        printHead(report.plan());
        TableReport.Counts counts = report.counts();
        TextTable table = new TextTable("", ">count");
        table.add("rewritten_data_files_count", Units.count(counts.rewrittenDataFiles()));
        table.add("added_data_files_count", Units.count(counts.addedDataFiles()));
        table.add("rewritten_bytes_count", Units.count(counts.rewrittenBytes()));
        table.add("failed_data_files_count", Units.count(counts.failedDataFiles()));
        table.add("removed_delete_files_count", Units.count(counts.removedDeleteFiles()));
        table.lines(2, out.width()).forEach(out::line);
        TableReport.MovedBytes bytes = report.bytes();
        if (bytes.added() > 0) {
            out.line("  " + Units.size(bytes.added()) + " written: " + Units.size(bytes.moved())
                    + " moved as they were, "
                    + Units.size(bytes.remapped()) + " with new dictionary indexes, " + Units.size(bytes.recoded())
                    + " packed or encoded anew");
        }
        TableReport.AppliedDeletes deletes = report.deletes();
        if (deletes.rows() > 0) {
            out.line("  " + Texts.count(deletes.rows(), "deleted row") + " left out: of the pages beside them "
                    + Units.count(deletes.movedPages()) + " moved, " + Units.count(deletes.cutPages())
                    + " written anew, " + Units.count(deletes.droppedPages()) + " dropped");
        }
        long requests = report.traffic().requests().values().stream()
                .mapToLong(Long::longValue)
                .sum();
        if (requests > 0) {
            out.line("  " + Texts.count(requests, "request") + " of the store, "
                    + dollars(PriceList.S3.requests(report.traffic())) + " by " + PriceList.S3.name() + "'s list");
        }
        for (long snapshot : report.snapshots()) {
            out.line("  committed as " + snapshot);
        }
        printLeft(report.plan().left());
        printNotes(report.plan().notes());
        printNotes(report.notes());
        out.line(
                report.outcome() == Outcome.COMPACTED
                        ? "Compacted " + Texts.printable(report.plan().table().toString()) + "."
                        : sentence(report.outcome()));
        if (report.heldBytes() > 0) {
            out.line("Older snapshots still hold " + Units.size(report.heldBytes())
                    + " of replaced files. This statement frees them:");
            out.line("  " + Texts.printable(report.release()));
        }
    }

    /** Prints how two snapshots compare. */
    public void printVerification(TableVerification verification) {
        verification.differences().forEach(difference -> out.line("  " + Texts.printable(difference)));
        out.line("Snapshots " + verification.before() + " and " + verification.after()
                + (verification.equal() ? " hold the same rows: " : " differ: ")
                + Texts.count(verification.rowsBefore(), "row") + " of replaced files, "
                + Texts.count(verification.rowsAfter(), "row") + " of the files in their place.");
    }

    private void printHead(TablePlan plan) {
        out.line(Texts.printable(plan.table().toString()) + " (" + plan.format()
                + (plan.snapshot() < 0 ? ", no snapshot)" : ", snapshot " + plan.snapshot() + ")"));
        int files = plan.partitions().stream().mapToInt(PartitionState::files).sum();
        long bytes = plan.partitions().stream().mapToLong(PartitionState::bytes).sum();
        long rows = plan.partitions().stream().mapToLong(PartitionState::rows).sum();
        out.line("  " + Texts.printable(plan.location()));
        out.line("  " + Texts.count(files, "file") + ", " + Units.size(bytes) + ", " + Texts.count(rows, "row") + ", "
                + Texts.count(plan.partitions().size(), "partition"));
        RowGroupJudgment judgment = plan.judgment();
        out.line("  " + Texts.count(judgment.rowGroups(), "row group") + ", " + Units.count(judgment.fragments())
                + " of them fragments (row groups of files: " + Units.count(judgment.judged()) + " known by metadata, "
                + Units.count(judgment.sampled()) + " by footers, " + Units.count(judgment.unread()) + " not known)");
        out.line();
    }

    private static List<PartitionState> shown(TablePlan plan) {
        return plan.partitions()
                .subList(0, Math.min(MAX_PARTITIONS, plan.partitions().size()));
    }

    private void print(TextTable table, TablePlan plan) {
        if (!table.isEmpty()) {
            table.lines(2, out.width()).forEach(out::line);
        }
        int more = plan.partitions().size() - MAX_PARTITIONS;
        if (more > 0) {
            out.line("  and " + Texts.count(more, "more partition") + ", all of them in --json");
        }
    }

    private void printDeletes(TablePlan plan) {
        TablePlan.DeletesToApply deletes = plan.deletes();
        if (deletes.dataFiles() > 0) {
            out.line("  " + Texts.count(deletes.deleteFiles(), "delete file") + " would be applied to "
                    + Texts.count(deletes.dataFiles(), "data file"));
        }
    }

    private static String name(PartitionState partition) {
        return partition.name().isEmpty() ? "(all)" : Texts.printable(partition.name());
    }

    private void printLeft(List<LeftFiles> left) {
        for (LeftFiles files : left) {
            out.line("  left: " + Texts.count(files.files(), "file") + ", " + Units.size(files.bytes()) + ": "
                    + files.reason().sentence());
            if (files.reason() == LeftReason.HEALTHY) {
                continue;
            }
            files.examples().stream()
                    .findFirst()
                    .ifPresent(example -> out.line("        such as " + Texts.printable(example)));
            if (!files.remedy().isEmpty()) {
                out.line("        " + Texts.printable(remedy(files)));
            }
        }
    }

    /** Returns the remedy by the name of the command's option. */
    static String remedy(LeftFiles files) {
        return files.remedy().replace(LeftFiles.APPLY_DELETES, "--apply-deletes");
    }

    private void printNotes(List<String> notes) {
        notes.forEach(note -> out.line("  note: " + Texts.printable(note)));
    }

    private static String ending(TablePlan plan) {
        if (plan.outcome() != Outcome.COMPACTED) {
            return sentence(plan.outcome());
        }
        int files =
                plan.partitions().stream().mapToInt(PartitionState::candidates).sum();
        int outputs =
                plan.partitions().stream().mapToInt(PartitionState::outputs).sum();
        return "compact would merge " + Texts.count(files, "file") + " into " + Units.count(outputs) + ".";
    }

    private static String sentence(Outcome outcome) {
        String text = outcome.sentence();
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1) + ".";
    }

    private static String dollars(double amount) {
        return String.format(Locale.ROOT, amount < 0.01 ? "$%.6f" : "$%.4f", amount);
    }
}
