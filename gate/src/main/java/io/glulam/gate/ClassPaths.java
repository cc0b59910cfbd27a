package io.glulam.gate;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The class paths that the modules' tests run with, from files that {@code gate/run} has made: one a module. */
final class ClassPaths {
    private final Path folder;
    private final String launcher;

    /**
     * @param folder where each module has a file of its name, with one class path in it
     * @param launcher class path of {@link TestRun}
     */
    ClassPaths(Path folder, String launcher) {
        this.folder = folder;
        this.launcher = launcher;
    }

    /** Returns the class path of a module's tests, its own class files included. */
    String of(Path module) throws IOException {
        Path file = folder.resolve(module.getFileName());
        return Files.readString(file).strip();
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
