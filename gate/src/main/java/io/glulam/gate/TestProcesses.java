package io.glulam.gate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The processes of all modules that are not at work, for runs to come. Thread-safe. */
final class TestProcesses implements AutoCloseable {
    private final ClassPaths classPaths;
    private final Path work;
    private final Map<Path, Deque<TestProcess>> idle = new HashMap<>();
    private int started;

    /** @param work folder for temporary files */
    TestProcesses(ClassPaths classPaths, Path work) {
        this.classPaths = classPaths;
        this.work = work;
    }

    /** Runs tests of a module with the class files of {@code patch}, which win; their output goes to {@code log}. */
    TestProcess.Result run(Path module, Path patch, List<String> tests, Path log, long timeoutSeconds)
            throws IOException, InterruptedException {
        TestProcess process = take(module);
        TestProcess.Result result = process.run(classPaths.folders(module, patch), tests, log, timeoutSeconds);
        if (process.isUsable()) {
            give(module, process);
        } else {
            process.close();
        }
        return result;
    }

    private TestProcess take(Path module) throws IOException {
        Path folder;
        synchronized (this) {
            Deque<TestProcess> waiting = idle.get(module);
            if (waiting != null && !waiting.isEmpty()) {
                return waiting.remove();
            }
            folder = work.resolve("process-" + ++started);
        }
        return TestProcess.start(module, Files.createDirectories(folder), classPaths.libraries(module));
    }

    private synchronized void give(Path module, TestProcess process) {
        idle.computeIfAbsent(module, absent -> new ArrayDeque<>()).add(process);
    }

    @Override
    public synchronized void close() throws IOException {
        for (Deque<TestProcess> waiting : idle.values()) {
            for (TestProcess process : waiting) {
                process.close();
            }
        }
        idle.clear();
    }
}
