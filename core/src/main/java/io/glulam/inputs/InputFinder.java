package io.glulam.inputs;

import io.glulam.inputs.PassedOver.Reason;
import io.glulam.local.LocalStore;
import io.glulam.storage.ObjectLister;
import io.glulam.storage.ObjectRef;
import io.glulam.storage.ObjectStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Turns arguments into inputs: a local file stands for itself, a folder for the Parquet files in it and below, a pattern
 * with {@code *}, {@code ?} or {@code **} for the files that match it. Not thread-safe.
 */
public final class InputFinder {
    private final FoundInputs.Builder found = new FoundInputs.Builder();
    private final InputFilter filter;
    private final UnaryOperator<@Nullable String> tables;

    /**
     * @param filter of all files; of objects in stores, only of those that a listing finds
     * @param tables gives the folder of the table whose metadata lies under a key, with its slash; null for none
     */
    public InputFinder(InputFilter filter, UnaryOperator<@Nullable String> tables) {
        this.filter = filter;
        this.tables = tables;
    }

    /**
     * Adds what an argument stands for. A pattern, and a folder that ends with a slash, may stand for nothing, as one does
     * before an hour's first file is there.
     *
     * @throws IllegalArgumentException with a sentence for people, if it names a file that was added before
     * @throws io.glulam.error.StorageFailed if a folder cannot be listed
     */
    public void add(String argument) {
        Path path = Path.of(argument);
        if (Files.isDirectory(path)) {
            new FolderInputs(found, filter, null).find(path);
        } else if (isPattern(argument) && !Files.exists(path)) {
            addPattern(argument);
        } else if (!argument.endsWith("/") || Files.exists(path)) {
            addFile(path);
        }
    }

    /**
     * Adds what a key of a store stands for: of a prefix that ends with a slash the Parquet files below it, of a pattern
     * those that match it, else the object itself.
     *
     * @return how many inputs that are
     * @throws IllegalArgumentException with a sentence for people, if the object was added before or too many match
     * @throws io.glulam.error.StorageFailed if the store does not answer
     */
    public int addStored(ObjectStore store, ObjectLister lister, String key) {
        if (isSeveral(key)) {
            return new ListedInputs(found, filter, tables, store, lister).find(key);
        }
        addNamed(new ObjectRef(store, key));
        return 1;
    }

    /** Returns whether a key of a store can stand for several objects. */
    public static boolean isSeveral(String key) {
        return key.isEmpty() || key.endsWith("/") || isPattern(key);
    }

    private void addNamed(ObjectRef object) {
        if (!found.add(Candidate.named(object))) {
            throw new IllegalArgumentException(
                    object.name() + " is given twice: its rows would be in the output twice");
        }
    }

    private void addFile(Path file) {
        Reason reason = reason(file);
        if (reason != null) {
            found.pass(file.toString(), reason);
        } else {
            addNamed(LocalStore.object(file));
        }
    }

    private @Nullable Reason reason(Path file) {
        if (filter.equals(InputFilter.ALL)) {
            return null;
        }
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return filter.reason(
                    attributes.size(), attributes.lastModifiedTime().toInstant());
        } catch (IOException e) {
            return null; // The scan tells what is wrong with the file.
        }
    }

    private static boolean isPattern(String argument) {
        return argument.indexOf('*') >= 0 || argument.indexOf('?') >= 0;
    }

    private void addPattern(String argument) {
        int wild = KeyPattern.firstWild(argument);
        int slash = argument.lastIndexOf('/', wild);
        Path root = Path.of(slash < 0 ? "." : slash == 0 ? "/" : argument.substring(0, slash));
        if (Files.isDirectory(root)) {
            new FolderInputs(found, filter, KeyPattern.of(argument.substring(slash + 1))).find(root);
        }
    }

    /**
     * Returns the inputs that were added, in the order of the arguments; files that several folders or patterns stand
     * for once.
     */
    public FoundInputs found() {
        return found.build();
    }
}
