package io.glulam.testkit.disk;

import io.glulam.testkit.disk.DiskOperation.Created;
import io.glulam.testkit.disk.DiskOperation.Deleted;
import io.glulam.testkit.disk.DiskOperation.FolderSynced;
import io.glulam.testkit.disk.DiskOperation.Linked;
import io.glulam.testkit.disk.DiskOperation.Renamed;
import io.glulam.testkit.disk.DiskOperation.Synced;
import io.glulam.testkit.disk.DiskOperation.Written;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The operations on one folder in their order. Thread-safe. */
final class DiskLog {
    private final Map<String, Integer> files = new HashMap<>();
    private final List<DiskOperation> operations = new ArrayList<>();
    private int nextFile;

    /** Notes a file that is there from the beginning. */
    synchronized int known(String name) {
        return files.computeIfAbsent(name, absent -> nextFile++);
    }

    synchronized int created(String name) {
        int file = nextFile++;
        files.put(name, file);
        operations.add(new Created(file, name));
        return file;
    }

    synchronized int fileOf(String name) {
        Integer file = files.get(name);
        if (file == null) {
            throw new IllegalStateException("nobody has made " + name);
        }
        return file;
    }

    synchronized void written(int file, long offset, ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.duplicate().get(copy);
        operations.add(new Written(file, offset, copy));
    }

    synchronized void synced(int file) {
        operations.add(new Synced(file));
    }

    synchronized void linked(String existing, String name) {
        int file = fileOf(existing);
        files.put(name, file);
        operations.add(new Linked(file, name));
    }

    synchronized void renamed(String from, String to) {
        int file = fileOf(from);
        files.remove(from);
        files.put(to, file);
        operations.add(new Renamed(file, from, to));
    }

    synchronized void deleted(String name) {
        Integer file = files.remove(name);
        if (file != null) {
            operations.add(new Deleted(file, name));
        }
    }

    synchronized void folderSynced() {
        operations.add(new FolderSynced());
    }

    synchronized List<DiskOperation> operations() {
        return List.copyOf(operations);
    }
}
