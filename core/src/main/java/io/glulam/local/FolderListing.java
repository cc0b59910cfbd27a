package io.glulam.local;

import io.glulam.error.Place;
import io.glulam.error.StorageFailed;
import io.glulam.storage.KeyOrder;
import io.glulam.storage.ObjectFacts;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Lists the files below a folder in the order of their keys, as a store does. It reads no folder that cannot hold a
 * wanted key, follows no symbolic link, and holds a bounded number of a folder's names: for the next ones it reads the
 * folder again.
 */
final class FolderListing {
    private static final int MAX_NAMES = 10_000;

    private final String prefix;
    private final String after;
    private final Predicate<ObjectFacts> next;
    private final int maxNames;

    FolderListing(String prefix, String after, Predicate<ObjectFacts> next) {
        this(prefix, after, next, MAX_NAMES);
    }

    /** @param maxNames of one folder that it holds at once */
    FolderListing(String prefix, String after, Predicate<ObjectFacts> next, int maxNames) {
        this.prefix = prefix;
        this.after = after;
        this.next = next;
        this.maxNames = maxNames;
    }

    private record Entry(Path path, BasicFileAttributes attributes) {}

    /**
     * Lists the files below {@code root}; none if there is no such folder. Skips folders inside of it that cannot be read.
     *
     * @param start of every key, before the path in {@code root}
     * @throws StorageFailed if {@code root} cannot be read
     */
    void list(Path root, String start) {
        try {
            listFolder(root, start);
        } catch (NoSuchFileException | NotDirectoryException e) {
            return; // A store lists nothing either.
        } catch (IOException e) {
            throw new StorageFailed(Place.of(root.toString()), "cannot be listed", "check its rights", true, e);
        }
    }

    /** Returns whether more is wanted. */
    private boolean listFolder(Path folder, String start) throws IOException {
        String last = "";
        NavigableMap<String, Entry> entries;
        do {
            entries = entries(folder, start, last);
            for (var entry : entries.entrySet()) {
                last = entry.getKey();
                if (!hand(last, entry.getValue())) {
                    return false;
                }
            }
        } while (entries.size() == maxNames);
        return true;
    }

    private boolean hand(String key, Entry entry) {
        BasicFileAttributes attributes = entry.attributes();
        if (!attributes.isDirectory()) {
            return next.test(new ObjectFacts(
                    key,
                    attributes.size(),
                    FileVersion.of(attributes),
                    attributes.lastModifiedTime().toInstant(),
                    null));
        }
        try {
            return listFolder(entry.path(), key);
        } catch (IOException e) {
            return true;
        }
    }

    /** Returns the first entries of a folder after {@code last}, by their keys; a folder's key ends with a slash. */
    private NavigableMap<String, Entry> entries(Path folder, String start, String last) throws IOException {
        NavigableMap<String, Entry> entries = new TreeMap<>(KeyOrder.INSTANCE);
        try (DirectoryStream<Path> paths = Files.newDirectoryStream(folder)) {
            for (Path path : paths) {
                String key = start + path.getFileName();
                String inside = key + "/";
                boolean file = key.startsWith(prefix) && isAfter(key, after) && isAfter(key, last);
                boolean sub = (inside.startsWith(prefix) || prefix.startsWith(inside))
                        && (after.startsWith(inside) || isAfter(inside, after))
                        && isAfter(inside, last);
                if (file || sub) {
                    add(entries, path, key, file, sub);
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return entries;
    }

    private void add(NavigableMap<String, Entry> entries, Path path, String key, boolean file, boolean sub) {
        try {
            BasicFileAttributes attributes =
                    Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (file && attributes.isRegularFile()) {
                entries.put(key, new Entry(path, attributes));
            } else if (sub && attributes.isDirectory()) {
                entries.put(key + "/", new Entry(path, attributes));
            }
            if (entries.size() > maxNames) {
                entries.pollLastEntry();
            }
        } catch (IOException e) {
            // The file is gone by now, or this user must not see it.
        }
    }

    private static boolean isAfter(String key, String other) {
        return KeyOrder.INSTANCE.compare(key, other) > 0;
    }
}
