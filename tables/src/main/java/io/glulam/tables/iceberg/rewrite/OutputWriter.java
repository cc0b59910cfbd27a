package io.glulam.tables.iceberg.rewrite;

import io.glulam.CompactionOptions;
import io.glulam.ShapedMerge;
import io.glulam.ShapedMerger;
import io.glulam.ShapedReport;
import io.glulam.error.CorruptFile;
import io.glulam.error.GlulamException;
import io.glulam.error.Unsupported;
import io.glulam.error.VerificationFailed;
import io.glulam.local.LocalStore;
import io.glulam.shape.DeletedRows;
import io.glulam.shape.ShapedInput;
import io.glulam.storage.StoredObject;
import io.glulam.tables.iceberg.rewrite.OutputJob.Source;
import io.glulam.tables.iceberg.rewrite.OutputResult.NewFile;
import io.glulam.tables.iceberg.rewrite.OutputResult.Refused;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apache.iceberg.Table;

/**
 * Writes outputs by core's merge. A source that core refuses is left, and the others are merged without it. Needs of the
 * table its schema, specs and properties only. Not thread-safe.
 */
public final class OutputWriter {
    /** Sources of one output that may be refused; each refusal reads footers again. */
    private static final int MAX_REFUSED = 20;

    /** Temporary files that no process of this machine writes and that are younger may be another host's. */
    private static final Duration LEFTOVER_AGE = Duration.ofDays(1);

    private final OutputShape shape;
    private final PositionDeletes deletes;
    private final CompactionOptions options;
    private final Function<String, StoredObject> objects;
    private final Set<String> cleaned = new HashSet<>();

    /** @param objects opens a file by its path */
    public OutputWriter(Table table, CompactionOptions options, Function<String, StoredObject> objects) {
        this.shape = new OutputShape(table);
        this.options = options;
        this.deletes = new PositionDeletes(objects, options.bufferBytes());
        this.objects = objects;
    }

    /**
     * Writes an output.
     *
     * @param location where the new file is to lie
     * @throws GlulamException if a store fails, or what was written is not what was read
     */
    public OutputResult write(OutputJob job, String location) {
        StoredObject target = objects.apply(location);
        target.store().makeFolder(target.key());
        removeLeftovers(target);
        Map<Integer, Source> sources = new LinkedHashMap<>();
        for (int i = 0; i < job.sources().size(); i++) {
            sources.put(i, job.sources().get(i));
        }
        List<Refused> refused = new ArrayList<>();
        boolean required = true;
        while (!sources.isEmpty()) {
            try {
                ShapedReport report = new ShapedMerger(options)
                        .write(new ShapedMerge(inputs(job, sources), shape.target(required), target));
                return new OutputResult(job.index(), refused, NewFile.of(location, report));
            } catch (VerificationFailed failure) {
                throw failure;
            } catch (Unsupported | CorruptFile failure) {
                if (required) {
                    required = false; // Files may have nulls where the schema requires values: readers go by the file.
                } else {
                    refuse(sources, failure, refused);
                }
            }
        }
        return new OutputResult(job.index(), refused, null);
    }

    /** Iceberg's own {@code remove_orphan_files} passes over files whose names begin with a dot. */
    private void removeLeftovers(StoredObject target) {
        String folder = target.key().substring(0, target.key().lastIndexOf('/') + 1);
        if (target.store() instanceof LocalStore local && cleaned.add(folder)) {
            local.removeLeftovers(
                    target.key(), OutputNames.SUFFIX, Instant.now().minus(LEFTOVER_AGE));
        }
    }

    private List<ShapedInput> inputs(OutputJob job, Map<Integer, Source> sources) {
        Map<String, DeletedRows> deleted = deletes.of(sources.values());
        return sources.values().stream()
                .map(source -> shape.input(source, job, objects.apply(source.location()))
                        .withDeleted(deleted.getOrDefault(source.location(), DeletedRows.NONE)))
                .toList();
    }

    /** Takes out the source that a failure names; all of them if it names none, or too few stay. */
    private void refuse(Map<Integer, Source> sources, GlulamException failure, List<Refused> refused) {
        String name = failure.place().object();
        int before = sources.size();
        if (refused.size() < MAX_REFUSED) {
            sources.entrySet().removeIf(entry -> {
                boolean named =
                        objects.apply(entry.getValue().location()).name().equals(name);
                if (named) {
                    refused.add(new Refused(entry.getKey(), String.valueOf(failure.getMessage())));
                }
                return named;
            });
        }
        if (sources.size() == before) {
            sources.forEach((position, source) ->
                    refused.add(new Refused(position, source.location() + ": " + failure.getMessage())));
            sources.clear();
        } else if (sources.size() < 2) {
            sources.keySet().forEach(position -> refused.add(new Refused(position, "")));
            sources.clear();
        }
    }
}
