package io.glulam.cli;

import io.glulam.Merger.Targets;
import io.glulam.error.Place;
import io.glulam.error.StorageFailed;
import io.glulam.inputs.Candidate;
import io.glulam.local.LocalStore;
import io.glulam.storage.ObjectLister;
import io.glulam.storage.ObjectStore;
import io.glulam.storage.StoredObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;

/** Where the outputs of a merge go: one file, or a folder with numbered files. */
final class MergeTarget {
    private static final String FILES = ".parquet";

    private final String out;
    private final Function<String, StoredObject> objects;

    /** @param objects what a name stands for */
    MergeTarget(String out, Function<String, StoredObject> objects) {
        this.out = out;
        this.objects = objects;
    }

    /** Whether OUT is in R2. */
    boolean isR2() {
        return out.startsWith("r2://");
    }

    /** Where the outputs go. */
    ObjectStore store() {
        return StoreAccess.isStored(out) ? objects.apply(out + "output").store() : LocalStore.INSTANCE;
    }

    /** Whether OUT is a folder: it ends with a slash, or there is one. */
    boolean isFolder() {
        return out.endsWith("/") || !StoreAccess.isStored(out) && Files.isDirectory(Path.of(out));
    }

    /**
     * The one output.
     *
     * @param force whether an existing file may be replaced
     * @throws IllegalArgumentException with a sentence for people, if OUT is one of the inputs or exists, or the inputs lie
     *     in several partitions
     */
    Targets file(List<Candidate> inputs, boolean force) {
        StoredObject target = objects.apply(out);
        for (Candidate input : inputs) {
            String group = inputs.get(0).group();
            if (!input.group().equals(group)) {
                throw new IllegalArgumentException("the inputs lie in several folders (" + words(group) + ", "
                        + words(input.group()) + "), which stay apart: name a folder as OUT");
            }
            if (isSame(input.object(), target)) {
                throw new IllegalArgumentException(
                        "OUT is one of the inputs (" + input.object().name() + "): name a new file");
            }
        }
        boolean isThere = target.store() instanceof LocalStore && Files.exists(Path.of(target.key()));
        if (isThere && !force) {
            throw new IllegalArgumentException(target.name() + " exists: say --force to replace it");
        }
        return (group, index) -> target;
    }

    private static String words(String group) {
        return group.isEmpty() ? "none" : group;
    }

    /**
     * The outputs {@code part-00000.parquet}, {@code part-00001.parquet} and so on, for each group in its folder under
     * OUT. Folders are made when their first output is written.
     *
     * @throws IllegalArgumentException with a sentence for people, if OUT is no folder, or holds Parquet files: rows of a
     *     run before would stay beside those of this one
     */
    Targets folder() {
        if (StoreAccess.isStored(out)) {
            return prefix(out.endsWith("/") ? out : out + "/");
        }
        Path folder = Path.of(out);
        try {
            if (Files.exists(folder) && !Files.isDirectory(folder)) {
                throw new IllegalArgumentException(out + " is no folder: --target-file-size needs one");
            }
            if (Files.isDirectory(folder) && holdsParquet(folder)) {
                throw new IllegalArgumentException(out + " holds Parquet files: name a new or an empty folder");
            }
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot use the folder " + out + ": " + e.getMessage(), e);
        }
        return (group, index) -> LocalStore.object(made(folder.resolve(group)).resolve(part(index)));
    }

    private Targets prefix(String prefix) {
        StoredObject first = objects.apply(prefix + part(0));
        String folder = first.key().substring(0, first.key().lastIndexOf('/') + 1);
        if (first.store() instanceof ObjectLister lister
                && lister.search(folder, Integer.MAX_VALUE, key -> key.endsWith(FILES))
                                .key()
                        != null) {
            throw new IllegalArgumentException(out + " holds Parquet files: name a new or an empty folder");
        }
        return (group, index) -> first.sibling(folder + (group.isEmpty() ? "" : group + "/") + part(index));
    }

    private static String part(int index) {
        return String.format(Locale.ROOT, "part-%05d" + FILES, index);
    }

    private static Path made(Path folder) {
        try {
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw new StorageFailed(
                    Place.of(folder.toString()), "the folder cannot be made: " + e.getMessage(), "name another OUT");
        }
    }

    private static boolean holdsParquet(Path folder) throws IOException {
        try (Stream<Path> entries = Files.walk(folder)) {
            return entries.anyMatch(entry -> entry.toString().endsWith(FILES));
        }
    }

    private static boolean isSame(StoredObject input, StoredObject target) {
        if (!(input.store() instanceof LocalStore) || !(target.store() instanceof LocalStore)) {
            return input.equals(target);
        }
        Path file = Path.of(target.key());
        try {
            return Files.exists(file)
                    && Files.exists(Path.of(input.key()))
                    && Files.isSameFile(Path.of(input.key()), file);
        } catch (IOException e) {
            return false;
        }
    }
}
