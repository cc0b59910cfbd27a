package io.glulam.bench.reading;

import io.glulam.bench.input.Input;
import io.glulam.bench.measure.Measured;
import io.glulam.bench.measure.Stopwatch;
import io.glulam.bench.rewrite.Contender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What the contenders made of an input, each once, kept until it has been read. */
final class Outputs implements AutoCloseable {
    private final Input input;
    private final Path folder;
    private final List<Rewritten> files = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();

    Outputs(Input input, Path folder) {
        this.input = input;
        this.folder = folder;
    }

    /** Adds the contender's output; one that fails is only told, see {@link #failures()}. */
    void add(Contender contender, Contender rival) throws IOException, InterruptedException {
        Path file = folder.resolve("reading-" + files.size() + ".parquet");
        System.err.printf("%s, reading: %s writes%n", input.name(), contender.name());
        List<String> command = contender.command().apply(input.file(), file);
        Measured measured = Stopwatch.run(command, file, folder.resolve("bench.log"));
        if (measured.succeeded()) {
            files.add(new Rewritten(contender.name(), file, rival.name()));
        } else {
            failures.add(contender.name() + " failed (exit code " + measured.exitCode() + ")");
            Files.deleteIfExists(file);
        }
    }

    List<Rewritten> files() {
        return List.copyOf(files);
    }

    List<String> failures() {
        return List.copyOf(failures);
    }

    @Override
    public void close() throws IOException {
        for (Rewritten rewritten : files) {
            Files.deleteIfExists(rewritten.file());
        }
    }
}
