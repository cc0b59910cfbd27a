package io.glulam.spark;

import io.glulam.testkit.s3.Extents;
import io.glulam.testkit.s3.StrictStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

/** Folders that Spark wrote here, in a store that speaks S3's protocol: Spark's own client for one is not among the tests' jars. */
final class StoredFolder {
    private StoredFolder() {}

    static void upload(StrictStore server, Path local, String prefix) throws IOException {
        try (Stream<Path> paths = Files.walk(local)) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                if (!path.getFileName().toString().endsWith(".crc")) {
                    server.put(prefix + local.relativize(path), Extents.of(Files.readAllBytes(path)), Map.of());
                }
            }
        }
    }

    static Path download(StrictStore server, String prefix, Path local) throws IOException {
        for (String key : server.keys()) {
            if (key.startsWith(prefix)) {
                Path path = local.resolve(key.substring(prefix.length()));
                Files.createDirectories(path.getParent());
                Files.write(path, server.get(key).toByteArray());
            }
        }
        return local;
    }
}
