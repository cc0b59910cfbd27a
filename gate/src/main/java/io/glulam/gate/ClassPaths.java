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

    /**
     * Returns the same with what runs the tests, and with a folder that wins over all other folders. Jars stay in front,
     * so that an archive of their classes can be shared by all runs.
     */
    String of(Path module, Path patch) throws IOException {
        List<String> jars = new ArrayList<>();
        List<String> folders = new ArrayList<>();
        for (String path : (of(module) + File.pathSeparator + launcher).split(File.pathSeparator, -1)) {
            String entry = Path.of(path).toAbsolutePath().toString(); // Tests run in their module's folder.
            (entry.endsWith(".jar") ? jars : folders).add(entry);
        }
        jars.add(patch.toString());
        jars.addAll(folders);
        return String.join(File.pathSeparator, jars);
    }
}
