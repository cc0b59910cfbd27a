package io.glulam.tables.iceberg.plan;

import io.glulam.tables.planning.InTurn;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.EnvironmentContext;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.jspecify.annotations.Nullable;

/**
 * Tells which program wrote a data file, from the summary of the snapshot that added it: a manifest does not name the writer, and
 * a footer would have to be read first. Files of expired snapshots count as those of one writer.
 */
final class SnapshotWriters {
    private static final List<String> PROGRAM =
            List.of(EnvironmentContext.ENGINE_NAME, EnvironmentContext.ENGINE_VERSION, "iceberg-version");

    private final Map<Long, String> programs = new HashMap<>();

    SnapshotWriters(Table table) {
        for (Snapshot snapshot : table.snapshots()) {
            programs.put(snapshot.sequenceNumber(), program(snapshot.summary()));
        }
    }

    private static String program(@Nullable Map<String, String> summary) {
        return summary == null
                ? ""
                : PROGRAM.stream().map(key -> summary.getOrDefault(key, "")).collect(Collectors.joining(" "));
    }

    /** Returns the first file of each writer, then the second of each, and so on. */
    List<TableFile> inTurn(List<TableFile> files) {
        Map<String, List<TableFile>> byWriter = new LinkedHashMap<>();
        files.forEach(file -> byWriter.computeIfAbsent(of(file.file()), any -> new ArrayList<>())
                .add(file));
        return InTurn.of(List.copyOf(byWriter.values()));
    }

    private String of(DataFile file) {
        Long added = file.fileSequenceNumber();
        return added == null ? "" : programs.getOrDefault(added, "");
    }
}
