package io.glulam.tables.delta.engine;

import io.glulam.error.Place;
import io.glulam.error.StorageFailed;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * A local file that appears whole, and only if no file of its name is there. A hard link does both at once; a file system without
 * hard links is refused, because a rename there could replace another writer's commit.
 */
final class LinkedFile {
    private LinkedFile() {}

    /**
     * Creates a file.
     *
     * @throws StorageFailed of the kind {@code EXISTS} if a file is there
     */
    static void create(Path target, byte[] bytes) {
        Path temporary = target.resolveSibling(".glulam-" + UUID.randomUUID() + ".tmp");
        try {
            try {
                write(temporary, bytes);
                link(target, temporary);
            } finally {
                Files.deleteIfExists(temporary);
            }
        } catch (FileAlreadyExistsException e) {
            throw new StorageFailed(
                    StorageFailed.Kind.EXISTS, Place.of(target.toString()), "the file exists", null, false, e);
        } catch (IOException e) {
            throw new StorageFailed(
                    Place.of(target.toString()), "the file cannot be written: " + e.getMessage(), null, false, e);
        }
    }

    private static void write(Path temporary, byte[] bytes) throws IOException {
        try (FileChannel channel =
                FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer left = ByteBuffer.wrap(bytes);
            while (left.hasRemaining()) {
                channel.write(left);
            }
            channel.force(true);
        }
    }

    private static void link(Path target, Path temporary) throws IOException {
        try {
            Files.createLink(target, temporary);
        } catch (UnsupportedOperationException e) {
            throw new IOException("the file system has no hard links, which a commit needs", e);
        }
        Path folder = target.toAbsolutePath().getParent();
        if (folder != null) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }
}
