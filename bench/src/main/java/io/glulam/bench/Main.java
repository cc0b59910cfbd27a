package io.glulam.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;

/** Compares glulam with {@code cp} and with those that decode, and prints Markdown. See {@code bench/run}. */
final class Main {
    private Main() {}

    /** Arguments: the project's folder, then options. */
    public static void main(String[] arguments) throws IOException, InterruptedException, SQLException {
        try {
            List<String> given = List.of(arguments);
            run(Options.parse(given.subList(1, given.size())), Path.of(given.get(0)));
        } catch (IllegalArgumentException e) {
            System.err.println("bench/run: " + e.getMessage());
            System.exit(2);
        }
    }

    private static void run(Options options, Path root) throws IOException, InterruptedException, SQLException {
        Report report = Report.of(options, root);
        for (Section section : options.sections()) {
            System.out.println(Document.begin(section));
            Markdown page = new Markdown(System.out);
            report.measure(section, page);
            System.out.println(Document.end(section) + "\n");
            if (options.into() != null) {
                Document.replace(options.into(), section, page.text());
            }
        }
    }
}
