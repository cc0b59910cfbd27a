package io.glulam.cli;

import io.glulam.storage.LocalStore;
import io.glulam.storage.StoredObject;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.IntFunction;

/** Where the outputs of a merge go: one file, or a folder with numbered files. */
final class MergeTarget {
    private final String out;
    private final Function<String, StoredObject> objects;

    /** @param objects what a name stands for */
    MergeTarget(String out, Function<String, StoredObject> objects) {
        this.out = out;
        this.objects = objects;
    }

    /**
     * The one output.
     *
     * @param force whether an existing file may be replaced
     * @throws IllegalArgumentException with a sentence for people, if OUT is one of the inputs, a folder, or exists
     */
    IntFunction<StoredObject> file(List<StoredObject> inputs, boolean force) {
        if (out.endsWith("/") || !StoreAccess.isStored(out) && Files.isDirectory(Path.of(out))) {
            throw new IllegalArgumentException(
                    out + " is a folder: name a file, or say --target-file-size for several files");
        }
        StoredObject target = objects.apply(out);
        for (StoredObject input : inputs) {
            if (isSame(input, target)) {
                throw new IllegalArgumentException("OUT is one of the inputs (" + input.name() + "): name a new file");
            }
        }
        boolean isThere = target.store() instanceof LocalStore && Files.exists(Path.of(target.key()));
        if (isThere && !force) {
            throw new IllegalArgumentException(target.name() + " exists: say --force to replace it");
        }
        return index -> target;
    }

    /**
     * The outputs {@code part-00000.parquet}, {@code part-00001.parquet} and so on in the folder OUT, which is made if it
     * does not exist.
     *
     * @throws IllegalArgumentException with a sentence for people, if OUT is no local folder, or holds Parquet files: rows
     *     of a run before would stay beside those of this one
     */
    IntFunction<StoredObject> folder() {
        if (StoreAccess.isStored(out)) {
            throw new IllegalArgumentException("--target-file-size needs a local folder as OUT, not " + out);
        }
        Path folder = Path.of(out);
        try {
            if (Files.exists(folder) && !Files.isDirectory(folder)) {
                throw new IllegalArgumentException(out + " is no folder: --target-file-size needs one");
            }
            if (Files.isDirectory(folder) && holdsParquet(folder)) {
                throw new IllegalArgumentException(out + " holds Parquet files: name a new or an empty folder");
            }
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot use the folder " + out + ": " + e.getMessage(), e);
        }
        return index -> StoredObject.of(folder.resolve(String.format(Locale.ROOT, "part-%05d.parquet", index)));
    }

    private static boolean holdsParquet(Path folder) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, "*.parquet")) {
            return entries.iterator().hasNext();
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
