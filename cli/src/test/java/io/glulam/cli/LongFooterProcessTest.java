package io.glulam.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.glulam.testkit.generate.DuckDbFiles;
import io.glulam.testkit.generate.RepeatedFile;
import io.glulam.testkit.s3.Extents;
import io.glulam.testkit.s3.StoreRules;
import io.glulam.testkit.s3.StrictStore;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A footer of 30 MB, 100,000 column chunks, in processes of the default 128 MiB: of a file and of an object of a store; and
 * in a server of the least memory. Names are long, so that fewer chunks make the footer as long. {@code .ci/nightly} makes it
 * 256 MB of 3,520,000 chunks.
 */
@Tag("once")
@Tag("large")
class LongFooterProcessTest {
    private static final int COLUMNS = Integer.getInteger("glulam.footer.columns", 200);
    private static final int ROW_GROUPS = Integer.getInteger("glulam.footer.rowgroups", 500);
    private static final int NAME_LENGTH = Integer.getInteger("glulam.footer.name", 240);
    private static final int MIN_LENGTH = Integer.getInteger("glulam.footer.bytes", 30_000_000);
    private static final Duration PATIENCE = Duration.ofMinutes(30);
    private static final String KEY = "lake/long.parquet";

    @TempDir
    Path folder;

    private Path source;
    private FileChannel bytes;
    private StrictStore store;

    @BeforeEach
    void makeObject() throws IOException {
        String columns = IntStream.range(0, COLUMNS)
                .mapToObj(column -> "(i + " + column + ")::INTEGER AS " + name(column))
                .collect(Collectors.joining(", "));
        Path once = DuckDbFiles.write(
                "SELECT " + columns + " FROM range(20) t(i)",
                2048,
                "COMPRESSION snappy",
                folder.resolve("once.parquet"));
        source = folder.resolve("source.parquet");
        RepeatedFile.write(once, source, ROW_GROUPS);
        assertThat(footerLength(source)).isGreaterThanOrEqualTo(MIN_LENGTH);
        bytes = FileChannel.open(source);
        store = StrictStore.start(StoreRules.S3, folder);
        store.put(KEY, Extents.of(bytes, 0, bytes.size()), Map.of());
    }

    private static String name(int column) {
        String number = "c" + column + "_";
        return number + "x".repeat(Math.max(0, NAME_LENGTH - number.length()));
    }

    private static int footerLength(Path file) throws IOException {
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            in.seek(in.length() - 8);
            return Integer.reverseBytes(in.readInt());
        }
    }

    @AfterEach
    void stop() throws IOException {
        store.close();
        bytes.close();
    }

    @Test
    void aFileIsInspectedPlannedCompactedAndVerified() throws Exception {
        Path target = folder.resolve("target.parquet");
        assertThat(run("inspect", source)).contains("columns");
        assertThat(run("plan", source)).contains("row groups");
        run("compact", source, "-o", target);
        run("verify", source, target);
        assertThat(footerLength(target)).isLessThan(footerLength(source) / 10);
    }

    @Test
    void anObjectIsInspectedPlannedCompactedAndVerified() throws Exception {
        String object = "s3://bucket/" + KEY;
        assertThat(stored("inspect", object)).contains("columns");
        assertThat(stored("plan", object)).contains("row groups");
        stored("compact", object, "--in-place");
        stored("verify", source, object);
        assertThat(store.get(KEY).length()).isLessThan(bytes.size());
    }

    @Test
    void anObjectIsCompactedByAServerOfTheLeastMemory() throws Exception {
        try (ServerProcess server = ServerProcess.in192MiB(
                folder,
                "--bucket",
                "s3://bucket/lake",
                "--endpoint",
                store.endpoint().toString())) {
            server.post("/datasets", "{\"id\":\"d\",\"bucketKey\":\"long.parquet\",\"compactionNeeded\":true}");
            server.post("/compact", "{\"datasetId\":\"d\",\"instanceId\":\"run\"}");

            JsonNode status = server.ended("run", PATIENCE);

            assertThat(status.path("status").asText()).as(status.toString()).isEqualTo("complete");
            assertThat(status.path("output").path("published").asBoolean())
                    .as(status.toString())
                    .isTrue();
            assertThat(server.peakBytes()).isPositive().isLessThanOrEqualTo(192 << 20);
            server.stop();
        }
        stored("verify", source, "s3://bucket/" + KEY);
    }

    private String stored(Object... arguments) throws Exception {
        Object[] all = new Object[arguments.length + 2];
        System.arraycopy(arguments, 0, all, 0, arguments.length);
        all[arguments.length] = "--endpoint";
        all[arguments.length + 1] = store.endpoint();
        return run(all);
    }

    /** Runs a command, which must succeed within 128 MiB; gives what it printed. */
    private String run(Object... arguments) throws Exception {
        CommandProcess.Watched watched = CommandProcess.in128MiB(folder, arguments);
        assertThat(watched.run().code()).as(watched.run().err()).isZero();
        assertThat(watched.peakBytes())
                .as("peak memory of " + arguments[0])
                .isPositive()
                .isLessThanOrEqualTo(128 << 20);
        return watched.run().out();
    }
}
