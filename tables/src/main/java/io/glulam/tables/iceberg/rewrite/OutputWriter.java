package io.glulam.tables.iceberg.rewrite;

import io.glulam.CompactionOptions;
import io.glulam.ShapedInputs;
import io.glulam.ShapedMerge;
import io.glulam.ShapedMerger;
import io.glulam.ShapedReport;
import io.glulam.error.CorruptFile;
import io.glulam.error.GlulamException;
import io.glulam.error.Unsupported;
import io.glulam.error.VerificationFailed;
import io.glulam.shape.DeletedRows;
import io.glulam.shape.ShapedInput;
import io.glulam.storage.ObjectRef;
import io.glulam.tables.iceberg.rewrite.OutputJob.Source;
import io.glulam.tables.iceberg.rewrite.OutputResult.NewFile;
import io.glulam.tables.iceberg.rewrite.OutputResult.Refused;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apache.iceberg.Table;
import org.jspecify.annotations.Nullable;

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
    private final Function<String, ObjectRef> objects;
    private final Set<String> cleaned = new HashSet<>();

    /** @param objects opens a file by its path */
    public OutputWriter(Table table, CompactionOptions options, Function<String, ObjectRef> objects) {
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
        ObjectRef target = objects.apply(location);
        target.store().makeFolder(target.key());
        removeLeftovers(target);
        Map<Integer, Source> sources = new LinkedHashMap<>();
        for (int i = 0; i < job.sources().size(); i++) {
            sources.put(i, job.sources().get(i));
        }
        List<Refused> refused = new ArrayList<>();
        while (!sources.isEmpty()) {
            try {
                ShapedReport report = merged(job, sources, target, refused);
                if (report != null) {
                    return new OutputResult(job.index(), refused, NewFile.of(location, report));
                }
            } catch (VerificationFailed failure) {
                throw failure;
            } catch (Unsupported | CorruptFile failure) {
                refuse(sources, failure, refused);
            }
        }
        return new OutputResult(job.index(), refused, null);
    }

    /** Merges the sources; null if some of them had to be taken out, and the others are to be tried again. */
    private @Nullable ShapedReport merged(
            OutputJob job, Map<Integer, Source> sources, ObjectRef target, List<Refused> refused) {
        ShapedMerger merger = new ShapedMerger(options);
        List<ShapedInput> inputs = inputs(job, sources);
        if (shape.variants().isEmpty()) {
            return merger.write(new ShapedMerge(inputs, shape.target(VariantForm.NONE), target));
        }
        List<VariantForm> forms = new ArrayList<>();
        try (ShapedInputs opened =
                merger.open(inputs, (input, footer) -> forms.add(VariantForm.of(footer, shape.variants())))) {
            VariantForm most = VariantForm.most(forms);
            Iterator<VariantForm> form = forms.iterator();
            int before = sources.size();
            sources.entrySet().removeIf(entry -> {
                boolean other = !form.next().fits(most);
                if (other) {
                    refused.add(new Refused(
                            entry.getKey(),
                            entry.getValue().location()
                                    + ": it shreds variants in another way than most files of its output"));
                }
                return other;
            });
            if (sources.size() == before) {
                return opened.write(shape.target(most), target);
            }
        }
        leaveIfAlone(sources, refused);
        return null;
    }

    /** Iceberg's own {@code remove_orphan_files} passes over files whose names begin with a dot. */
    private void removeLeftovers(ObjectRef target) {
        String folder = target.key().substring(0, target.key().lastIndexOf('/') + 1);
        if (cleaned.add(folder)) {
            target.store()
                    .removeLeftovers(
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
        } else {
            leaveIfAlone(sources, refused);
        }
    }

    private static void leaveIfAlone(Map<Integer, Source> sources, List<Refused> refused) {
        if (sources.size() < 2) {
            sources.keySet().forEach(position -> refused.add(new Refused(position, "")));
            sources.clear();
        }
    }
}
