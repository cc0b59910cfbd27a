package io.glulam.tables.spark;

import io.glulam.CompactionOptions;
import io.glulam.tables.Table;
import io.glulam.tables.TableAddress;
import io.glulam.tables.TableListener;
import io.glulam.tables.TableReport;
import io.glulam.tables.TableRequest;
import io.glulam.tables.delta.DeltaTables;
import io.glulam.tables.iceberg.IcebergTables;
import io.glulam.testkit.line.LineProcess;
import io.glulam.testkit.line.Spark;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A process of Spark that writes and reads tables, and Glulam's compaction of the same tables. */
final class SparkOracle implements AutoCloseable {
    private final Path folder;
    private final LineProcess process;

    private SparkOracle(Path folder, LineProcess process) {
        this.folder = folder;
        this.process = process;
    }

    /** Starts the Spark that the property {@code glulam.spark} names. */
    static SparkOracle start(Path folder) throws IOException {
        String version = System.getProperty("glulam.spark", "spark41");
        // Tables of a few hundred rows: compiling takes longer than running.
        Map<String, String> interpreted =
                Map.of("spark.sql.codegen.wholeStage", "false", "spark.sql.adaptive.enabled", "false");
        List<String> command =
                Spark.command(Path.of("..").toAbsolutePath().normalize(), version, folder, "1g", interpreted);
        command.addAll(1, List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        return new SparkOracle(folder, LineProcess.start(command, Path.of("target", "spark.log")));
    }

    void run(String... statements) {
        for (String statement : statements) {
            process.ask(statement);
        }
    }

    List<List<String>> rows(String query) {
        return process.ask(query).rows();
    }

    /** Returns the only row of a query. */
    List<String> row(String query) {
        return rows(query).get(0);
    }

    /** Returns the number of rows and a hash of all values of a relation, whatever the order of its rows. */
    List<String> fingerprint(String columns, String relation) {
        return row("SELECT count(*), bit_xor(xxhash64(%s)) FROM %s".formatted(columns, relation));
    }

    TableReport compactIceberg(String table) {
        List<String> catalog = Spark.catalog(folder).entrySet().stream()
                .map(property -> property.getKey() + "=" + property.getValue())
                .toList();
        IcebergTables.Access access = new IcebergTables.Access(folder.resolve("none"), catalog, Map.of());
        TableAddress.Iceberg address = new TableAddress.Iceberg("local", List.of("db"), table);
        return compact(IcebergTables.open(address, access, CompactionOptions.defaults()), false);
    }

    TableReport compactDelta(Path table) {
        return compactDelta(table, false);
    }

    TableReport compactDelta(Path table, boolean appliesDeletes) {
        TableAddress.Delta address = new TableAddress.Delta(table.toString());
        Table opened = DeltaTables.open(
                address,
                () -> {
                    throw new AssertionError("a local table needs no store");
                },
                CompactionOptions.defaults());
        return compact(opened, appliesDeletes);
    }

    private static TableReport compact(Table table, boolean appliesDeletes) {
        try (table) {
            TableRequest request = TableRequest.defaults()
                    .withOptions(Map.of("min-input-files", "2"))
                    .withApplyDeletes(appliesDeletes);
            return table.compact(request, TableListener.NONE);
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
