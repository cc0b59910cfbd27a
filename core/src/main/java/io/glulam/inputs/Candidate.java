package io.glulam.inputs;

import io.glulam.storage.ObjectRef;
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
 * @param size as a listing of a store or a pin told it; -1 if it is unknown
 * @param version as a listing of a store or a pin told it; null if it is unknown
 * @param pinned whether no other version may be taken
 */
public record Candidate(
        ObjectRef object, String group, long size, @Nullable String version, boolean pinned) {
    /** A file that no listing of a store found. */
    public Candidate(ObjectRef object, String group) {
        this(object, group, -1, null, false);
    }

    /** A file that a listing of a store found. */
    public Candidate(ObjectRef object, String group, long size, String version) {
        this(object, group, size, version, false);
    }

    /** Returns a file of which a run takes this version or fails. */
    public static Candidate pinned(ObjectRef object, String group, long size, String version) {
        return new Candidate(object, group, size, version, true);
    }

    /** Returns whether a listing of a store found it in this run. */
    public boolean isListed() {
        return size >= 0 && !pinned;
    }

    /** Returns a file that was named itself. */
    public static Candidate named(ObjectRef object) {
        String key = object.key();
        return new Candidate(object, partitions(key.substring(0, key.lastIndexOf('/') + 1)));
    }

    /** Returns the {@code key=value} parts of a folder's path. */
    static String partitions(String folder) {
        // All inputs without partitions share one text.
        return folder.indexOf('=') < 0
                ? ""
                : Arrays.stream(folder.split("/"))
                        .filter(Candidate::isPartition)
                        .collect(Collectors.joining("/"));
    }

    /** Returns whether a folder holds the files of one value of a partition column: {@code key=value}. */
    static boolean isPartition(String folder) {
        return folder.indexOf('=') > 0;
    }
}
