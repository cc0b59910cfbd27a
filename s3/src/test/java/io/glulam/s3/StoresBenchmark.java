package io.glulam.s3;

import io.glulam.local.DiskSpool;
import io.glulam.storage.ObjectWriter;
import io.glulam.storage.PublishCondition;
import io.glulam.storage.RangeReader;
import io.glulam.storage.WriteRequest;
import io.glulam.testkit.generate.DuckDbSession;
import io.glulam.testkit.generate.MixedObject;
import io.glulam.testkit.s3.Extents;
import io.glulam.testkit.s3.StoreRules;
import io.glulam.testkit.s3.StrictStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The command against what people do today, on one server of this machine: download, rewrite by DuckDB, upload. Prints a
 * table in Markdown. {@code bench/stores} runs it; arguments: the command, megabytes, a folder.
 */
final class StoresBenchmark {
    private static final String KEY = "object.parquet";
    private static final int FRAGMENT_RUNS = 4;
    private static final double FRAGMENT_SHARE = 0.12;

    private final List<String> command;
    private final Path folder;
    private final Path source;

    private StoresBenchmark(List<String> command, Path folder, Path source) {
        this.command = command;
        this.folder = folder;
        this.source = source;
    }

    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createDirectories(Path.of(arguments[2]));
        long bytes = Long.parseLong(arguments[1]) * 1_000_000;
        Path source = MixedObject.write(folder, bytes, FRAGMENT_RUNS, FRAGMENT_SHARE);
        StoresBenchmark benchmark = new StoresBenchmark(List.of(arguments[0].split(" ")), folder, source);
        System.out.println("| server | contender | wall | down | up | requests |");
        System.out.println("|---|---|---|---|---|---|");
        for (StoreRules rules : List.of(StoreRules.S3, StoreRules.R2)) {
            for (boolean throttled : new boolean[] {false, true}) {
                benchmark.glulam(rules, throttled);
                benchmark.rewrite(rules, throttled);
            }
        }
    }

    private interface Contender {
        void run(StrictStore server) throws Exception;
    }

    private void glulam(StoreRules rules, boolean throttled) throws Exception {
        String scheme = rules.uniformParts() ? "r2" : "s3";
        measure("`glulam compact --in-place`", rules, throttled, server -> {
            ProcessBuilder process = new ProcessBuilder(new ArrayList<>(command));
            process.command()
                    .addAll(List.of(
                            "compact",
                            scheme + "://" + StrictStore.BUCKET + "/" + KEY,
                            "--in-place",
                            "--quiet",
                            "--endpoint",
                            server.endpoint().toString()));
            process.environment().putAll(Map.of("AWS_ACCESS_KEY_ID", "AK", "AWS_SECRET_ACCESS_KEY", "SK"));
            int code = process.inheritIO().start().waitFor();
            if (code != 0) {
                throw new IllegalStateException("glulam ended with " + code);
            }
        });
    }

    private void rewrite(StoreRules rules, boolean throttled) throws Exception {
        measure("download, DuckDB, upload", rules, throttled, server -> {
            S3Store store = Stores.overPatiently(server, rules);
            Path old = folder.resolve("old.parquet");
            Path fresh = folder.resolve("new.parquet");
            download(store, old);
            compact(old, fresh);
            upload(store, fresh);
        });
    }

    private static void download(S3Store store, Path target) throws IOException {
        try (RangeReader reader = store.open(KEY);
                FileChannel file = FileChannel.open(
                        target,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE)) {
            reader.transfer(0, reader.size(), (position, bytes) -> {
                try {
                    while (bytes.hasRemaining()) {
                        file.write(bytes);
                    }
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
        }
    }

    private static void compact(Path source, Path target) throws SQLException {
        try (DuckDbSession duck = DuckDbSession.open()) {
            duck.execute(
                    "COPY (SELECT * FROM read_parquet('%s')) TO '%s' (FORMAT parquet, COMPRESSION snappy, ROW_GROUP_SIZE 1048576)"
                            .formatted(source, target));
        }
    }

    private static void upload(S3Store store, Path source) throws IOException {
        try (FileChannel file = FileChannel.open(source);
                ObjectWriter writer = store.create(
                        KEY,
                        WriteRequest.of(new PublishCondition.Replace(), file.size(), DiskSpool.IN_SYSTEM_FOLDER))) {
            ByteBuffer buffer = ByteBuffer.allocate(1 << 20);
            while (file.read(buffer.clear()) >= 0) {
                writer.append(buffer.flip());
            }
            writer.publish();
        }
    }

    private void measure(String name, StoreRules rules, boolean throttled, Contender contender) throws Exception {
        try (StrictStore server = StrictStore.start(rules, folder);
                FileChannel bytes = FileChannel.open(source)) {
            server.put(KEY, Extents.of(bytes, 0, bytes.size()), Map.of());
            if (throttled) {
                server.throttle(5_000_000, 50);
            }
            long start = System.nanoTime();
            contender.run(server);
            double seconds = (System.nanoTime() - start) / 1e9;
            System.out.printf(
                    "| %s%s | %s | %.1f s | %.1f MB | %.1f MB | %d |%n",
                    rules.uniformParts() ? "as R2" : "as S3",
                    throttled ? ", 5 MB/s and 50 ms a request" : "",
                    name,
                    seconds,
                    server.downloaded() / 1e6,
                    server.uploaded() / 1e6,
                    server.requests());
        }
    }
}
