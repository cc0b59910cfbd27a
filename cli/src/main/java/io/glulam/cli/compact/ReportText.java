package io.glulam.cli.compact;

import io.glulam.CompactionReport;
import io.glulam.CompactionReport.Cost;
import io.glulam.CompactionReport.PhaseTime;
import io.glulam.CompactionReport.Unguarded;
import io.glulam.FileShape;
import io.glulam.cli.inspect.InspectText;
import io.glulam.cli.text.Color;
import io.glulam.cli.text.FilePicture;
import io.glulam.cli.text.Output;
import io.glulam.cli.text.TextTable;
import io.glulam.cli.text.Texts;
import io.glulam.format.Encoding;
import io.glulam.plan.Reader;
import io.glulam.plan.ReaderDemand;
import io.glulam.plan.Units;
import io.glulam.storage.Traffic;
import java.io.File;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** Tells people what a compaction did. */
public final class ReportText {
    private static final int MAX_DROPPED = 20;

    private final Output out;
    private final CompactionReport report;

    public ReportText(Output out, CompactionReport report) {
        this.out = out;
        this.report = report;
    }

    /**
     * Prints the whole report.
     *
     * @param source as it was named
     */
    public void print(String source) {
        out.line(out.paint(Color.STRONG, title(source)));
        if (report.plan().isEmpty()) {
            out.line("  Nothing to do: " + facts(report.before()) + "."
                    + (report.published() ? " The output is a copy." : " The file was left as it is."));
            return;
        }
        printDetails();
    }

    /**
     * Prints the whole report of an output that several files were merged into.
     *
     * @param sources how they are called together
     */
    public void printMerged(String sources) {
        out.line(out.paint(Color.STRONG, title(sources)));
        printDetails();
    }

    private void printDetails() {
        printPictures();
        printTiers();
        printCodec();
        printReaders();
        printTimes();
        printTraffic();
        printDropped();
    }

    private void printTraffic() {
        Traffic traffic = report.cost().traffic();
        if (!traffic.requests().isEmpty()) {
            new TrafficText(out, traffic).print();
        }
        for (Unguarded what : Unguarded.values()) {
            if (report.unguarded().contains(what)) {
                out.line("  " + lookedAt(what));
            }
        }
    }

    private static String lookedAt(Unguarded what) {
        return switch (what) {
            case SWAP -> "The store could not make the swap conditional: the replaced version was checked just before.";
            case COPIES ->
                "The store could not make the copies conditional: their source's version was checked after them.";
        };
    }

    /** Both names; without their folders where the width does not suffice. */
    private String title(String source) {
        if (source.equals(report.target())) {
            return Texts.printable(source) + ", in place";
        }
        String title = title(source, report.target());
        return title.length() <= out.width() ? title : title(briefly(source), fileName(report.target()));
    }

    private String title(String source, String target) {
        return Texts.printable(source) + " " + out.glyphs().arrow() + " " + Texts.printable(target);
    }

    /** Several files are called by their number, the first and the last: only the number is short. */
    private static String briefly(String source) {
        int names = source.indexOf(" files (");
        return names > 0 && source.endsWith(")") ? source.substring(0, names) + " files" : fileName(source);
    }

    private static String fileName(String path) {
        return path.substring(Math.max(path.lastIndexOf(File.separatorChar), path.lastIndexOf('/')) + 1);
    }

    private void printPictures() {
        long scale = Math.max(report.before().bytes(), report.after().bytes());
        int width = InspectText.pictureWidth(out) - 8;
        out.line("  before  " + picture(report.before()).draw(out, width, scale));
        out.line("  after   " + picture(report.after()).draw(out, width, scale));
        TextTable table = new TextTable("", ">bytes", ">rows", ">row groups", ">fragments");
        addFacts(table, "before", report.before());
        addFacts(table, "after", report.after());
        printTable(table);
    }

    private static FilePicture picture(FileShape shape) {
        return new FilePicture(shape.threshold(), shape.rowGroupSizes());
    }

    private static void addFacts(TextTable table, String when, FileShape shape) {
        table.add(
                when,
                Units.size(shape.bytes()),
                Units.count(shape.rows()),
                Units.count(shape.rowGroups()),
                Units.count(shape.fragments()));
    }

    private static String facts(FileShape shape) {
        return Texts.count(shape.rowGroups(), "row group") + " in " + Units.size(shape.bytes()) + ", "
                + Texts.count(shape.fragments(), "fragment");
    }

    private void printTiers() {
        List<TierTotals.Line> lines = TierTotals.of(report);
        long all = 0;
        for (TierTotals.Line line : lines) {
            all += line.sourceBytes();
        }
        TextTable table =
                new TextTable("tier", "reason", ">chunks", ">pages", ">bytes", ">share", ">expected", ">became");
        for (TierTotals.Line line : lines) {
            boolean merged = line.pages() > 0 || line.sourcePages() > 0;
            table.add(
                    Texts.word(line.tier()),
                    line.reason().name(),
                    Units.count(line.chunks()),
                    merged
                            ? Units.count(line.sourcePages()) + " "
                                    + out.glyphs().arrow() + " " + Units.count(line.pages())
                            : "",
                    Units.size(line.sourceBytes()),
                    Units.percent(line.sourceBytes(), all),
                    Units.size(line.expectedBytes()),
                    Units.size(line.bytes()));
        }
        out.line();
        printTable(table);
    }

    private void printCodec() {
        String codec = report.plan().settings().compression().title();
        if (!codec.isEmpty()) {
            out.line();
            out.line("  Merged row groups are compressed with " + codec + ".");
        }
    }

    private void printReaders() {
        ReaderDemand demand = ReaderDemand.of(report.plan());
        if (demand.encodings().isEmpty()) {
            return;
        }
        out.line();
        out.line("  Readers must know "
                + demand.encodings().stream().map(Encoding::name).collect(Collectors.joining(", ")) + ": "
                + titles(demand.able()) + " do"
                + (demand.unable().isEmpty() ? "." : ", " + titles(demand.unable()) + " may not."));
    }

    private static String titles(List<Reader> readers) {
        return readers.stream().map(Reader::title).collect(Collectors.joining(", "));
    }

    private void printTimes() {
        Cost cost = report.cost();
        TextTable table = new TextTable("phase", ">time", ">CPU");
        Duration wall = Duration.ZERO;
        Duration cpu = Duration.ZERO;
        for (PhaseTime phase : cost.phases()) {
            table.add(Texts.word(phase.phase()), Texts.duration(phase.wall()), Texts.duration(phase.cpu()));
            wall = wall.plus(phase.wall());
            cpu = cpu.plus(phase.cpu());
        }
        table.add("total", Texts.duration(wall), Texts.duration(cpu));
        out.line();
        printTable(table);
        OptionalLong peak = PeakMemory.bytes();
        out.line();
        out.line("  " + Units.size(cost.bytesRead()) + " read, " + Units.size(cost.bytesWritten()) + " written"
                + (cost.bytesUnpackedForRows() == 0
                        ? ""
                        : ", " + Units.size(cost.bytesUnpackedForRows()) + " decompressed to count rows")
                + (peak.isPresent() ? ", peak memory " + Units.size(peak.getAsLong()) : ""));
    }

    private void printDropped() {
        if (report.dropped().isEmpty()) {
            return;
        }
        out.line();
        out.line("  Not carried along:");
        List<String> shown = report.dropped()
                .subList(0, Math.min(MAX_DROPPED, report.dropped().size()));
        for (String text : shown) {
            out.line("  - " + Texts.printable(text));
        }
        if (shown.size() < report.dropped().size()) {
            out.line("  and " + (report.dropped().size() - shown.size()) + " more, all of them in --json");
        }
    }

    private void printTable(TextTable table) {
        List<String> lines = table.lines(2, out.width());
        out.line(out.paint(Color.FAINT, lines.get(0)));
        lines.subList(1, lines.size()).forEach(out::line);
    }
}
