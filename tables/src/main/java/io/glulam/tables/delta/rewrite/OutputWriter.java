package io.glulam.tables.delta.rewrite;

import io.glulam.CompactionOptions;
import io.glulam.ShapedInputs;
import io.glulam.error.CorruptFile;
import io.glulam.error.GlulamException;
import io.glulam.error.Place;
import io.glulam.error.Unsupported;
import io.glulam.s3.S3Stores;
import io.glulam.storage.ObjectRef;
import io.glulam.storage.ObjectRemover;
import io.glulam.tables.delta.files.DataFile;
import io.glulam.tables.delta.files.FooterLooks;
import io.glulam.tables.delta.files.FormClasses;
import io.glulam.tables.delta.files.TableFolder;
import io.glulam.tables.delta.files.TableForm;
import io.glulam.tables.delta.log.DeltaLog;
import io.glulam.tables.planning.LeftTally;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Writes new files of a Delta table by core's merge. Reads no version of the table. Not thread-safe. */
public final class OutputWriter {
    private final TableFolder folder;
    private final FooterLooks looks;
    private final FormClasses classes;
    private final GroupMerger merger;

    /**
     * @param location of the table, as {@link io.glulam.tables.TableAddress.Delta} has it
     * @param stores asked only for a table in S3
     */
    public OutputWriter(String location, Supplier<S3Stores> stores, TableForm form, CompactionOptions options) {
        this(TableFolder.of(location, stores), form, options);
    }

    private OutputWriter(TableFolder folder, TableForm form, CompactionOptions options) {
        this(
                folder,
                new DeltaLog(folder.store(), folder.location(), options.bufferBytes()),
                form,
                new FooterLooks(options),
                options);
    }

    public OutputWriter(
            TableFolder folder, DeltaLog log, TableForm form, FooterLooks looks, CompactionOptions options) {
        this.folder = folder;
        this.looks = looks;
        this.classes = new FormClasses(form, looks);
        this.merger = new GroupMerger(folder, log, form, looks, options);
    }

    /**
     * Writes a new file. Of sources that do not have one physical form, those of the form that most of them have are merged.
     *
     * @param path of the new file, for the log
     * @throws Unsupported if the sources cannot be merged
     * @throws GlulamException if a store fails, a source is damaged, or what was written is not what was read
     */
    public OutputResult write(OutputJob job, String path) {
        List<DataFile> files = job.sources().stream().map(this::file).toList();
        OutputResult.NewFile all = files.stream().anyMatch(looks::knows) ? null : writeUnread(files, path);
        if (all != null) {
            List<Integer> positions = IntStream.range(0, files.size()).boxed().toList();
            return new OutputResult(positions, List.of(), List.of(), all);
        }
        return writeMost(files, path);
    }

    /**
     * Writes files of which no footer was read, so that it is read once.
     *
     * @return null if they do not have one form, or one of them cannot be read
     */
    private OutputResult.@Nullable NewFile writeUnread(List<DataFile> files, String path) {
        ShapedInputs opened;
        try {
            opened = merger.open(files);
        } catch (Unsupported | CorruptFile failure) {
            return null; // Looking at each file finds out which one it is.
        }
        try (opened) {
            LeftTally left = new LeftTally((reason, count) -> "");
            List<List<DataFile>> forms = classes.divide(files, left);
            if (forms.size() == 1 && forms.get(0).size() == files.size()) {
                return merger.write(files, opened, path);
            }
            looks.spent(opened.traffic());
            return null;
        }
    }

    private OutputResult writeMost(List<DataFile> files, String path) {
        LeftTally unreadable = new LeftTally((reason, count) -> "");
        List<List<DataFile>> forms = new ArrayList<>(classes.divide(files, unreadable));
        List<String> left = new ArrayList<>();
        unreadable.files().forEach(some -> left.add("left: " + String.join(", ", some.examples())));
        forms.removeIf(form -> isAlone(form, files, left));
        if (forms.isEmpty()) {
            return new OutputResult(List.of(), List.of(), left, null);
        }
        forms.sort(Comparator.comparingInt((List<DataFile> form) -> form.size()).reversed());
        List<DataFile> most = forms.remove(0);
        OutputResult.NewFile file = merger.write(most, path);
        Map<DataFile, Integer> positions = new IdentityHashMap<>();
        files.forEach(source -> positions.put(source, positions.size()));
        List<List<Integer>> others =
                forms.stream().map(form -> of(form, positions)).toList();
        return new OutputResult(of(most, positions), others, left, file);
    }

    private static boolean isAlone(List<DataFile> form, List<DataFile> files, List<String> left) {
        boolean alone = form.size() == 1 && files.size() > 1;
        if (alone) {
            left.add(form.get(0).path() + " was left: no other file of its group has its physical form");
        }
        return alone;
    }

    private static List<Integer> of(List<DataFile> form, Map<DataFile, Integer> positions) {
        return form.stream().map(positions::get).toList();
    }

    private DataFile file(OutputJob.Source source) {
        ObjectRef object = folder.file(source.path());
        if (object == null) {
            throw new Unsupported(Place.of(source.path()), "the file lies outside of the table's folder");
        }
        return new DataFile(
                source.path(),
                object,
                source.bytes(),
                source.rows(),
                source.modified(),
                source.baseRowId(),
                source.rowCommitVersion(),
                source.deletes(),
                List.of());
    }

    /** Removes a new file that no commit holds; one that is not there counts as removed. */
    public void remove(String path) {
        ObjectRef object = folder.file(path);
        if (object != null) {
            ObjectRemover.deleteIfAble(object);
        }
    }
}
