package io.glulam.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Compares glulam with {@code cp} and with those that decode, and prints Markdown tables. See {@code bench/run}. */
final class Main {
    private static final Path FLIGHTS = Path.of("../shared/corpus/real/flights-3m.parquet");

    private final Options options;
    private final Path root;

    private Main(Options options, Path root) {
        this.options = options;
        this.root = root;
    }

    /** Arguments: the project's folder, then options. */
    public static void main(String[] arguments) throws IOException, InterruptedException, SQLException {
        try {
            List<String> given = List.of(arguments);
            new Main(Options.parse(given.subList(1, given.size())), Path.of(given.get(0))).run();
        } catch (IllegalArgumentException e) {
            System.err.println("bench/run: " + e.getMessage());
            System.exit(2);
        }
    }

    private void run() throws IOException, InterruptedException, SQLException {
        Path folder = options.folder() == null ? root.resolve("bench/target/data") : options.folder();
        Files.createDirectories(folder);
        StringBuilder report = new StringBuilder(machine());
        for (Input input : inputs(folder)) {
            report.append('\n').append(new Comparison(input, contenders(), folder).run(options.rounds()));
        }
        System.out.print(report);
    }

    private List<Input> inputs(Path folder) throws IOException, SQLException {
        List<Input> inputs = new ArrayList<>();
        for (Path file : options.inputs()) {
            inputs.add(new Input(file.getFileName().toString(), file));
        }
        if (inputs.isEmpty()) {
            inputs.add(Input.events(root.resolve("bench/events.sql"), folder, options.rows()));
            Path flights = root.resolve(FLIGHTS);
            if (Files.exists(flights)) {
                inputs.add(Input.refragmented("flights", flights, folder));
            }
        }
        return inputs;
    }

    private List<Contender> contenders() {
        List<Contender> contenders = new ArrayList<>(List.of(
                Contender.COPY,
                Contender.COPY_AND_SYNC,
                Contender.glulam(root.resolve("glulam"), options.glulamOptions())));
        if (!options.onlyCopies()) {
            contenders.add(Contender.java("DuckDB, `COPY … TO`", DuckDbRewrite.class));
            contenders.add(Contender.java("parquet-java, record by record", ParquetJavaRewrite.class));
        }
        if (options.polars()) {
            contenders.add(Contender.polars(root.resolve("bench/polars.mjs")));
        }
        return contenders;
    }

    private String machine() {
        long memory =
                ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                        ? system.getTotalMemorySize()
                        : 0;
        return "%d processors, %d GiB, %s %s; Java %s for the Java contenders; warm page cache; median (least–most) of %d rounds in turns, peak memory the most of all.%n"
                .formatted(
                        Runtime.getRuntime().availableProcessors(),
                        Math.round(memory / (1024.0 * 1024 * 1024)),
                        System.getProperty("os.name"),
                        System.getProperty("os.arch"),
                        Runtime.version(),
                        options.rounds());
    }
}
