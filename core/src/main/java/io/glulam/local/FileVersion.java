package io.glulam.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.TimeUnit;

/** What tells one version of a local file from another: inode, size and modification time. */
final class FileVersion {
    private FileVersion() {}

    static String of(Path path) throws IOException {
        return of(Files.readAttributes(path, BasicFileAttributes.class));
    }

    static String of(BasicFileAttributes attributes) {
        Object key = attributes.fileKey();
        return (key == null ? "" : key.toString()) + ":" + attributes.size() + ":"
                + attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS);
    }
}
