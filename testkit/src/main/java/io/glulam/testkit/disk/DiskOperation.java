package io.glulam.testkit.disk;

/** A system call that changes a folder's disk, or has changes reach it. Files are known by numbers, names may change. */
public sealed interface DiskOperation {
    /** A new, empty file. */
    record Created(int file, String name) implements DiskOperation {}

    /** Bytes written into a file. */
    @SuppressWarnings("ArrayRecordComponent")
    record Written(int file, long offset, byte[] bytes) implements DiskOperation {
        @Override
        public String toString() {
            return "Written[file=" + file + ", offset=" + offset + ", " + bytes.length + " bytes]";
        }
    }

    /** All that was written into a file so far has reached the disk. */
    record Synced(int file) implements DiskOperation {}

    /** A further name of a file. */
    record Linked(int file, String name) implements DiskOperation {}

    /** Another name of a file, which the file of that name loses. */
    record Renamed(int file, String from, String to) implements DiskOperation {}

    /** A name is gone. */
    record Deleted(int file, String name) implements DiskOperation {}

    /** All names have reached the disk. */
    record FolderSynced() implements DiskOperation {}

    /** Whether it changes names. */
    default boolean isOfNames() {
        return this instanceof Created || this instanceof Linked || this instanceof Renamed || this instanceof Deleted;
    }
}
