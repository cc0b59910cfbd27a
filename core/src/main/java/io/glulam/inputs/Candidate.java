package io.glulam.inputs;

import io.glulam.storage.StoredObject;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A file that was named or found as an input of a merge.
 *
 * @param object where it lies
 * @param group what it may be merged with: files of the same group only. The {@code key=value} parts of the path that was
 *     named, then, of a folder or a pattern, the folder in which the file lies below it. Without a slash at its ends; empty
 *     for none
 * @param size as a listing of a store told it; -1 if no listing found it
 * @param version as a listing of a store told it; null if no listing found it
 */
public record Candidate(
        StoredObject object,
        String group,
        long size,
        @Nullable String version) {
    /** A file that no listing of a store found. */
    public Candidate(StoredObject object, String group) {
        this(object, group, -1, null);
    }

    /** Whether a listing of a store found it. */
    public boolean isListed() {
        return size >= 0;
    }

    /** A file that was named itself. */
    public static Candidate named(StoredObject object) {
        String key = object.key();
        return new Candidate(object, partitions(key.substring(0, key.lastIndexOf('/') + 1)));
    }

    /** The {@code key=value} parts of a folder's path. */
    static String partitions(String folder) {
        return Arrays.stream(folder.split("/")).filter(Candidate::isPartition).collect(Collectors.joining("/"));
    }

    /** Whether a folder holds the files of one value of a partition column: {@code key=value}. */
    static boolean isPartition(String folder) {
        return folder.indexOf('=') > 0;
    }
}
