package io.glulam.service.worth;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.glulam.error.GlulamException;
import io.glulam.service.bucket.Bucket;
import io.glulam.service.bucket.InvalidKey;
import io.glulam.service.json.Json;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Measures typical reads of an object by DuckDB, whose jar the user provides. Thread-safe. */
public final class Measurement {
    private static final Logger LOG = LoggerFactory.getLogger(Measurement.class);
    private static final long MAX_SECONDS = 120;
    private static final int LINES = 4;
    private static final double NANOS = 1e9;

    private final Path jar;
    private final long mostDownloaded;
    private final @Nullable Path temporaryFolder;

    /**
     * @param jar DuckDB's JDBC driver
     * @param mostDownloaded bytes of an object that is downloaded from a store to be measured; 0 for none
     * @param temporaryFolder for downloads; null for the system's
     */
    public Measurement(Path jar, long mostDownloaded, @Nullable Path temporaryFolder) {
        this.jar = jar;
        this.mostDownloaded = mostDownloaded;
        this.temporaryFolder = temporaryFolder;
    }

    /**
     * Runs each query several times, and takes the shortest. An object of a store is downloaded first, if it is small enough.
     *
     * @param bytes of the object
     * @return DuckDB's version and seconds; empty if it cannot be measured; the log has the reason
     */
    public Optional<ObjectNode> of(Bucket bucket, String key, long bytes) {
        try {
            Optional<Path> file = bucket.file(key);
            if (file.isPresent()) {
                return Optional.of(of(file.get()));
            }
            if (bytes > mostDownloaded) {
                LOG.info("reads of {} are not measured: the object is larger than --measure-download", key);
                return Optional.empty();
            }
            return Optional.of(ofCopy(bucket, key));
        } catch (IOException | URISyntaxException | NumberFormatException | GlulamException | InvalidKey e) {
            LOG.warn("reads of {} cannot be measured: {}", key, e.getMessage());
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private ObjectNode ofCopy(Bucket bucket, String key) throws IOException, URISyntaxException, InterruptedException {
        Path copy = temporary(".parquet");
        try {
            bucket.download(key, copy);
            return of(copy);
        } finally {
            delete(copy);
        }
    }

    private ObjectNode of(Path file) throws IOException, URISyntaxException, InterruptedException {
        Path output = temporary(".txt");
        try {
            run(file, output);
            return json(Files.readAllLines(output));
        } finally {
            delete(output);
        }
    }

    private Path temporary(String suffix) throws IOException {
        return temporaryFolder == null
                ? Files.createTempFile("glulam-measure", suffix)
                : Files.createTempFile(temporaryFolder, "glulam-measure", suffix);
    }

    private void run(Path file, Path output) throws IOException, URISyntaxException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        ownPlace() + java.io.File.pathSeparator + jar,
                        DuckDbReads.class.getName(),
                        file.toString(),
                        output.toString())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            if (!process.waitFor(MAX_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException("DuckDB failed; " + jar.getFileName() + " must be its JDBC driver");
            }
        } finally {
            process.destroyForcibly();
        }
    }

    private static Path ownPlace() throws IOException, URISyntaxException {
        CodeSource source = DuckDbReads.class.getProtectionDomain().getCodeSource();
        if (source == null) {
            throw new IOException("the place of the server's classes is unknown");
        }
        return Path.of(source.getLocation().toURI());
    }

    private static ObjectNode json(List<String> lines) throws IOException {
        if (lines.size() != LINES) {
            throw new IOException("DuckDB has printed " + lines.size() + " lines instead of " + LINES);
        }
        ObjectNode json = Json.object().put("reader", "DuckDB " + lines.get(0));
        json.put("fullScanSeconds", Long.parseLong(lines.get(1)) / NANOS);
        json.put("oneColumnSeconds", Long.parseLong(lines.get(2)) / NANOS);
        return json.put("pointLookupSeconds", Long.parseLong(lines.get(3)) / NANOS);
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.warn("{} is left: {}", file, e.getMessage());
        }
    }
}
