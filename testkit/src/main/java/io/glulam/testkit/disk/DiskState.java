package io.glulam.testkit.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a folder holds.
 *
 * @param operations how many operations came before the power cut
 * @param losses which of them, and in which way, did not reach the disk
 * @param names the number of the file that a name stands for
 * @param contents of the files, by their numbers
 */
public record DiskState(int operations, String losses, Map<String, Integer> names, Map<Integer, byte[]> contents) {
    /** A file's bytes; null if there is no such name. */
    public byte[] get(String name) {
        Integer file = names.get(name);
        return file == null ? null : contents.getOrDefault(file, new byte[0]);
    }

    /** Whether no other number of operations and losses leaves the same: names, links and bytes. */
    boolean isSameAs(DiskState other) {
        if (!names.equals(other.names)) {
            return false;
        }
        return names.keySet().stream().allMatch(name -> Arrays.equals(get(name), other.get(name)));
    }

    /** Makes the folder, which must be empty, look so. */
    public void restoreInto(Path folder) throws IOException {
        Map<Integer, Path> made = new HashMap<>();
        for (Map.Entry<String, Integer> entry : new TreeMap<>(names).entrySet()) {
            Path path = folder.resolve(entry.getKey());
            Path known = made.putIfAbsent(entry.getValue(), path);
            if (known == null) {
                Files.write(path, get(entry.getKey()));
            } else {
                Files.createLink(path, known);
            }
        }
    }

    @Override
    public String toString() {
        return "after " + operations + " operations, " + losses + ": " + new TreeMap<>(names).keySet();
    }
}
