package io.glulam.tables.iceberg.rewrite;

import io.glulam.error.Place;
import io.glulam.error.StorageFailed;
import io.glulam.tables.iceberg.plan.PlannedOutput;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.IntFunction;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.ManifestReader;
import org.apache.iceberg.MetricsConfig;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.jspecify.annotations.Nullable;

/**
 * Manifests whose statistics are to be merged for the outputs of a plan, as another process gets them. Statistics are most of a
 * manifest's bytes; their sums are a few kilobytes for each output.
 *
 * @param parts a manifest each
 */
public record StatisticsJob(List<Part> parts) implements Serializable {
    /** Sources of a job, at least: fewer take less time than what sends the job. */
    private static final int SOURCES = 4_000;

    private static final List<String> STATISTICS = List.of(
            DataFile.RECORD_COUNT.name(),
            DataFile.VALUE_COUNTS.name(),
            DataFile.NULL_VALUE_COUNTS.name(),
            DataFile.NAN_VALUE_COUNTS.name(),
            DataFile.LOWER_BOUNDS.name(),
            DataFile.UPPER_BOUNDS.name());

    public StatisticsJob {
        parts = List.copyOf(parts);
    }

    /**
     * A manifest.
     *
     * @param outputs of each entry the index of the output that it is a source of; -1, or beyond the end, for none
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Part(ManifestFile manifest, int[] outputs) implements Serializable {}

    /** The sources that lie in a manifest. */
    private static final class Found {
        private int[] outputs = {};
        private int sources;

        void add(int position, int output) {
            if (position >= outputs.length) {
                int length = outputs.length;
                outputs = Arrays.copyOf(outputs, Math.max(position + 1, 2 * length));
                Arrays.fill(outputs, length, outputs.length, -1);
            }
            outputs[position] = output;
            sources++;
        }
    }

    /**
     * Returns jobs for all sources; null if a scan did not tell where in the manifests they are, as a catalog that plans scans
     * itself does not.
     */
    static @Nullable List<StatisticsJob> of(Table table, long snapshotId, List<PlannedOutput> outputs) {
        Map<String, Found> found = new HashMap<>();
        for (int i = 0; i < outputs.size(); i++) {
            for (DataFile file : outputs.get(i).files()) {
                String manifest = file.manifestLocation();
                Long position = file.pos();
                if (manifest == null || position == null) {
                    return null;
                }
                found.computeIfAbsent(manifest, any -> new Found()).add(Math.toIntExact(position), i);
            }
        }
        Snapshot snapshot = Objects.requireNonNull(table.snapshot(snapshotId));
        List<StatisticsJob> jobs = new ArrayList<>();
        List<Part> parts = new ArrayList<>();
        int sources = 0;
        for (ManifestFile manifest : snapshot.dataManifests(table.io())) {
            Found some = found.remove(manifest.path());
            if (some != null) {
                parts.add(new Part(manifest, some.outputs));
                sources += some.sources;
            }
            if (sources >= SOURCES) {
                jobs.add(new StatisticsJob(parts));
                parts.clear();
                sources = 0;
            }
        }
        if (!parts.isEmpty()) {
            jobs.add(new StatisticsJob(parts));
        }
        return found.isEmpty() ? jobs : null;
    }

    /**
     * Reads the manifests and merges their statistics.
     *
     * @param table of which the schema, the specs, the properties and the files are needed
     * @return the sums of each output, for {@link #add}
     */
    public byte[] carryOut(Table table) {
        MetricsConfig config = MetricsConfig.forTable(table);
        Map<Integer, MergedMetrics> sums = new TreeMap<>();
        for (Part part : parts) {
            read(part, table, output -> sums.computeIfAbsent(output, any -> new MergedMetrics(table.schema(), config)));
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(sums.size());
            for (Map.Entry<Integer, MergedMetrics> entry : sums.entrySet()) {
                out.writeInt(entry.getKey());
                entry.getValue().writeSums(out);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void read(Part part, Table table, IntFunction<MergedMetrics> sums) {
        int[] outputs = part.outputs();
        try (ManifestReader<DataFile> files =
                ManifestFiles.read(part.manifest(), table.io(), table.specs()).select(STATISTICS)) {
            for (DataFile file : files) {
                int position = Math.toIntExact(file.pos());
                if (position < outputs.length && outputs[position] >= 0) {
                    sums.apply(outputs[position]).add(file);
                }
            }
        } catch (IOException e) {
            throw new StorageFailed(Place.of(part.manifest().path()), "it cannot be read", null, false, e);
        }
    }

    /** Adds the answer to a job to the metrics of the outputs. */
    static void add(byte[] answer, List<MergedMetrics> outputs) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(answer))) {
            for (int count = in.readInt(); count > 0; count--) {
                outputs.get(in.readInt()).addSums(in);
            }
        } catch (IOException e) {
            throw new IllegalStateException("processes have different versions of Glulam or of the table", e);
        }
    }
}
