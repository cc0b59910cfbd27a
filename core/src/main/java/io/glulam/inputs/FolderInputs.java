package io.glulam.inputs;

import io.glulam.error.Place;
import io.glulam.error.StorageFailed;
import io.glulam.local.LocalStore;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds the inputs of a merge in local folders, in the natural order of names: the files of a folder, then its subfolders.
 * For one search; not thread-safe.
 */
final class FolderInputs {
    private final FoundInputs.Builder found;
    private final InputFilter filter;
    private final @Nullable Pattern pattern;

    /**
     * @param filter of the files
     * @param pattern of the path relative to the root, with {@code /} between folders; null for every file
     */
    FolderInputs(FoundInputs.Builder found, InputFilter filter, @Nullable Pattern pattern) {
        this.found = found;
        this.filter = filter;
        this.pattern = pattern;
    }

    /**
     * Adds what lies under {@code root}.
     *
     * @throws StorageFailed if a folder cannot be listed
     */
    void find(Path root) {
        found.searched(root);
        find(root, Candidate.partitions(root.toString()), "");
    }

    /** @param below the folder's path below the root, which the pattern is about */
    private void find(Path folder, String group, String below) {
        List<String> files = new ArrayList<>();
        List<String> folders = new ArrayList<>();
        list(folder, files, folders);
        files.sort(NaturalOrder.INSTANCE);
        folders.sort(NaturalOrder.INSTANCE);
        for (String name : files) {
            add(folder.resolve(name), name, group, below);
        }
        for (String name : folders) {
            Path child = folder.resolve(name);
            if (isHidden(name) && !Candidate.isPartition(name)) {
                pass(child, PassedOver.Reason.HIDDEN);
            } else if (Files.isSymbolicLink(child)) {
                pass(child, PassedOver.Reason.LINK);
            } else {
                find(child, path(group, name), path(below, name));
            }
        }
    }

    private static void list(Path folder, List<String> files, List<String> folders) {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                (Files.isDirectory(entry) ? folders : files)
                        .add(entry.getFileName().toString());
            }
        } catch (IOException | DirectoryIteratorException e) {
            throw new StorageFailed(
                    Place.of(folder.toString()), "the folder cannot be listed: " + e.getMessage(), null);
        }
    }

    private void add(Path file, String name, String group, String below) {
        if (pattern != null && !pattern.matcher(path(below, name)).matches()) {
            return;
        }
        PassedOver.Reason reason = passedOver(file, name);
        if (reason == null) {
            found.add(new Candidate(LocalStore.object(file), group));
        } else {
            found.pass(file.toString(), reason);
        }
    }

    /** With a pattern, only what it means is named: the rest was not asked for. */
    private void pass(Path folder, PassedOver.Reason reason) {
        if (pattern == null) {
            found.pass(folder + "/", reason);
        }
    }

    private static String path(String folder, String name) {
        return folder.isEmpty() ? name : folder + "/" + name;
    }

    private PassedOver.@Nullable Reason passedOver(Path file, String name) {
        if (isHidden(name)) {
            return PassedOver.Reason.HIDDEN;
        }
        if (!isParquet(name)) {
            return PassedOver.Reason.FOREIGN;
        }
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            if (!attributes.isRegularFile()) {
                return PassedOver.Reason.FOREIGN;
            }
            if (attributes.size() == 0) {
                return PassedOver.Reason.EMPTY;
            }
            return filter.reason(
                    attributes.size(), attributes.lastModifiedTime().toInstant());
        } catch (IOException e) {
            throw new StorageFailed(Place.of(file.toString()), "the file cannot be looked at: " + e.getMessage(), null);
        }
    }

    static boolean isHidden(String name) {
        return name.startsWith(".") || name.startsWith("_");
    }

    static boolean isParquet(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith(".parquet") || lower.endsWith(".parq") || lower.endsWith(".pq");
    }
}
