package io.glulam.service.bucket;

import io.glulam.error.Place;
import io.glulam.error.StorageFailed;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Lists the files below a folder in the order of their keys, as a store does. Folders that can hold no key that is asked
 * for are not read; of a folder's names only so many are held at once, and the folder is read again for the next ones.
 */
final class FolderListing {
    private static final int MOST_NAMES = 10_000;

    private final String prefix;
    private final String after;
    private final Predicate<ObjectHead> next;
    private final int mostNames;

    FolderListing(String prefix, String after, Predicate<ObjectHead> next) {
        this(prefix, after, next, MOST_NAMES);
    }

    /** @param mostNames of one folder that are held at once */
    FolderListing(String prefix, String after, Predicate<ObjectHead> next, int mostNames) {
        this.prefix = prefix;
        this.after = after;
        this.next = next;
        this.mostNames = mostNames;
    }

    /** What a name stands for: a folder, or a file of some bytes. */
    private record Entry(Path path, boolean isFolder, long size) {}

    /**
     * Lists all of it.
     *
     * @throws StorageFailed if the folder cannot be read; folders inside of it that cannot be are passed over
     */
    void list(Path root) {
        try {
            list(root, "");
        } catch (IOException e) {
            throw new StorageFailed(Place.of(root.toString()), "cannot be listed", "check its rights", true, e);
        }
    }

    /** Gives whether more is wanted. */
    private boolean list(Path folder, String start) throws IOException {
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
        } while (entries.size() == mostNames);
        return true;
    }

    private boolean hand(String key, Entry entry) {
        if (!entry.isFolder()) {
            return next.test(new ObjectHead(key, entry.size(), "", null));
        }
        try {
            return list(entry.path(), key);
        } catch (IOException e) {
            return true;
        }
    }

    /** The first entries of a folder behind {@code last}, by their keys; a folder's has a slash at its end. */
    private NavigableMap<String, Entry> entries(Path folder, String start, String last) throws IOException {
        NavigableMap<String, Entry> entries = new TreeMap<>(Keys.ORDER);
        try (DirectoryStream<Path> paths = Files.newDirectoryStream(folder)) {
            for (Path path : paths) {
                String key = start + path.getFileName();
                String inside = key + "/";
                boolean file = key.startsWith(prefix) && isBehind(key, after) && isBehind(key, last);
                boolean sub = (inside.startsWith(prefix) || prefix.startsWith(inside))
                        && (after.startsWith(inside) || isBehind(inside, after))
                        && isBehind(inside, last);
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
                entries.put(key, new Entry(path, false, attributes.size()));
            } else if (sub && attributes.isDirectory()) {
                entries.put(key + "/", new Entry(path, true, 0));
            }
            if (entries.size() > mostNames) {
                entries.pollLastEntry();
            }
        } catch (IOException e) {
            // It is gone by now, or not ours to see.
        }
    }

    private static boolean isBehind(String key, String other) {
        return Keys.ORDER.compare(key, other) > 0;
    }
}
