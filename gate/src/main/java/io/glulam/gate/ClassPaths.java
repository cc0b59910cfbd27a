package io.glulam.gate;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The class paths that the modules' tests run with, from files that {@code gate/run} has made: one a module. The folders
 * in them are copied first, so that the project may be compiled meanwhile. Thread-safe.
 */
final class ClassPaths {
    private final Path folder;
    private final Path copies;
    private final String launcher;
    private final Map<Path, Path> copied = new HashMap<>();
    private final Map<Path, String> classPaths = new HashMap<>();

    /**
     * @param folder where each module has a file of its name, with one class path in it
     * @param copies where copies of class folders lie
     * @param launcher class path of {@link TestRun}
     */
    ClassPaths(Path folder, Path copies, String launcher) {
        this.folder = folder;
        this.copies = copies;
        this.launcher = launcher;
    }

    /** Returns the class path of a module's tests, its own class files included. */
    synchronized String of(Path module) throws IOException {
        String known = classPaths.get(module);
        if (known == null) {
            List<String> entries = new ArrayList<>();
            for (String entry : Files.readString(folder.resolve(module.getFileName()))
                    .strip()
                    .split(File.pathSeparator, -1)) {
                Path path = Path.of(entry).toAbsolutePath();
                entries.add((Files.isDirectory(path) ? copyOf(path) : path).toString());
            }
            known = String.join(File.pathSeparator, entries);
            classPaths.put(module, known);
        }
        return known;
    }

    private Path copyOf(Path classes) throws IOException {
        Path known = copied.get(classes);
        if (known != null) {
            return known;
        }
        Path copy = copies.resolve("classes-" + copied.size());
        copied.put(classes, copy);
        try (Stream<Path> all = Files.walk(classes)) {
            for (Path path : (Iterable<Path>) all::iterator) {
                Path target = copy.resolve(classes.relativize(path));
                if (Files.isDirectory(path)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(path, target);
                }
            }
        }
        return copy;
    }

    /** Returns what all runs of a module's tests share: its jars, and what runs the tests. */
    String libraries(Path module) throws IOException {
        List<String> libraries = new ArrayList<>(entries(module, true));
        for (String path : launcher.split(File.pathSeparator, -1)) {
            libraries.add(Path.of(path).toAbsolutePath().toString()); // Tests run in their module's folder.
        }
        return String.join(File.pathSeparator, libraries);
    }

    /** Returns the folders of a module's class path, after a folder that wins over them. */
    String folders(Path module, Path patch) throws IOException {
        List<String> folders = new ArrayList<>();
        folders.add(patch.toAbsolutePath().toString());
        folders.addAll(entries(module, false));
        return String.join(File.pathSeparator, folders);
    }

    private List<String> entries(Path module, boolean jars) throws IOException {
        List<String> entries = new ArrayList<>();
        for (String path : of(module).split(File.pathSeparator, -1)) {
            if (path.endsWith(".jar") == jars) {
                entries.add(path);
            }
        }
        return entries;
    }
}
