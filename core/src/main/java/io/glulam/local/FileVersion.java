package io.glulam.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** Tells one version of a local file from another: inode, size and modification time. */
final class FileVersion {
    private FileVersion() {}

    static String of(Path path) throws IOException {
        return of(Files.readAttributes(path, BasicFileAttributes.class));
    }

    /** Returns whether two looks at a path found the same version. */
    static boolean isSame(BasicFileAttributes one, BasicFileAttributes other) {
        return one.size() == other.size()
                && one.lastModifiedTime().equals(other.lastModifiedTime())
                && Objects.equals(one.fileKey(), other.fileKey());
    }

    static String of(BasicFileAttributes attributes) {
        Object key = attributes.fileKey();
        return (key == null ? "" : key.toString()) + ":" + attributes.size() + ":"
                + attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS);
    }
}
