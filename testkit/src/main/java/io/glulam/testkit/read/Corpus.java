package io.glulam.testkit.read;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The corpus of public Parquet files that lies outside of the project. Found by the environment variable
 * {@code GLULAM_CORPUS}, else as {@code shared/corpus} beside an ancestor of the working directory; tests that need
 * it skip themselves where it is missing.
 */
public record Corpus(Path root) {
    /** One line of the corpus's summary: columns by name. */
    public record Entry(Path path, Map<String, String> columns) {
        public boolean expectedValid() {
            return columns.get("expect").startsWith("valid");
        }

        @Override
        public String toString() {
            return columns.get("path");
        }
    }

    public static Optional<Corpus> find() {
        String configured = System.getenv("GLULAM_CORPUS");
        if (configured != null) {
            return Optional.of(new Corpus(Path.of(configured)));
        }
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            Path candidate = folder.resolve("shared").resolve("corpus");
            if (Files.isRegularFile(candidate.resolve("summary.tsv"))) {
                return Optional.of(new Corpus(candidate));
            }
        }
        return Optional.empty();
    }

    public Path file(String path) {
        return root.resolve(path);
    }

    public List<Entry> entries() {
        try {
            List<String> lines = Files.readAllLines(root.resolve("summary.tsv"));
            String[] names = lines.get(0).split("\t", -1);
            return lines.stream().skip(1).map(line -> entry(names, line)).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Entry entry(String[] names, String line) {
        String[] cells = line.split("\t", -1);
        Map<String, String> columns = new LinkedHashMap<>();
        for (int i = 0; i < names.length; i++) {
            columns.put(names[i], i < cells.length ? cells[i] : "");
        }
        return new Entry(file(columns.get("path")), columns);
    }
}
