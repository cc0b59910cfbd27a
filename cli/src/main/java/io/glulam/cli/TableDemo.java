package io.glulam.cli;

import io.glulam.CompactionOptions;
import io.glulam.cli.demo.DemoFile;
import io.glulam.cli.table.TableText;
import io.glulam.cli.text.Color;
import io.glulam.cli.text.Output;
import io.glulam.tables.Table;
import io.glulam.tables.TableListener;
import io.glulam.tables.TableReport;
import io.glulam.tables.TableRequest;
import io.glulam.tables.TableVerification;
import io.glulam.tables.iceberg.DemoTable;
import io.glulam.tables.iceberg.IcebergTables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The demonstration on a table. Apart from the one on a file, so that that loads no class of table formats. */
final class TableDemo {
    /** Files of the table, which then takes about 45 MB. */
    static final int FILES = 40;

    private final Output out;
    private final CompactionOptions options;
    private final int files;

    TableDemo(Output out, CompactionOptions options, int files) {
        this.out = out;
        this.options = options;
        this.files = files;
    }

    /** @param keep an empty folder in which the table stays; null to remove it in the end */
    int run(@Nullable Path keep) throws IOException {
        if (keep != null) {
            int code = demonstrate(keep);
            out.line();
            out.line("Kept in " + keep + "; reach it by");
            StringBuilder command = new StringBuilder("  glulam inspect " + DemoTable.address());
            DemoTable.catalogProperties(keep)
                    .forEach(pair -> command.append(" --catalog-property ").append(pair));
            out.line(command.toString());
            return code;
        }
        Path folder = Files.createTempDirectory("glulam-demo-");
        try {
            return demonstrate(folder);
        } finally {
            remove(folder);
        }
    }

    private static void remove(Path folder) throws IOException {
        List<Path> all = new ArrayList<>();
        try (Stream<Path> found = Files.walk(folder)) {
            found.sorted(Comparator.reverseOrder()).forEach(all::add);
        }
        for (Path path : all) {
            Files.delete(path);
        }
    }

    private int demonstrate(Path folder) {
        String address = DemoTable.address().toString();
        step("An Iceberg table as a streaming writer leaves it");
        DemoTable.create(folder, DemoFile.ICEBERG_SCHEMA, files, this::makeFile);
        IcebergTables.Access access = new IcebergTables.Access(
                folder.resolve("none.properties"), DemoTable.catalogProperties(folder), Map.of());
        try (Table table = IcebergTables.open(DemoTable.address(), access, options)) {
            new TableText(out).printState(table.plan(TableRequest.defaults()));

            step("Compact it: glulam compact " + address);
            TableReport report = table.compact(TableRequest.defaults(), TableListener.NONE);
            new TableText(out).printReport(report);

            long before = report.plan().snapshot();
            long after = report.snapshots().get(report.snapshots().size() - 1);
            step("Verify it: glulam verify " + address + " --snapshots " + before + " " + after);
            TableVerification verification = table.verify(before, after);
            new TableText(out).printVerification(verification);

            step("And as it is now");
            new TableText(out).printState(table.plan(TableRequest.defaults()));
            return (verification.equal() ? ExitCode.DONE : ExitCode.DIFFERENT).code();
        }
    }

    private long makeFile(Path file, int index) {
        try {
            Files.createDirectories(file.getParent());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        DemoFile.write(file, 1, (written, of) -> {});
        if (out.terminal().messages()) {
            out.messages()
                    .print("\rMaking it  " + 100 * (index + 1) / files + " %"
                            + (index + 1 == files ? "\r\u001b[K" : ""));
        }
        return DemoFile.ROWS_PER_GROUP;
    }

    private void step(String title) {
        out.line();
        out.line(out.paint(Color.STRONG, out.glyphs().arrow() + " " + title));
        out.line();
        out.results().flush();
    }
}
