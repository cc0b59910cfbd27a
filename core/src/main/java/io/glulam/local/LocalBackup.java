package io.glulam.local;

import io.glulam.error.Place;
import io.glulam.error.Remedy;
import io.glulam.error.StorageFailed;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * The name under which a local file stays that is about to be replaced: a hard link, or a copy where the file system has
 * no links. A backup that a killed run has left, which holds the same bytes, is taken for this one's.
 */
final class LocalBackup {
    private final Path file;
    private final Path backup;

    /**
     * @param file what will be replaced; it need not exist
     * @param backup in the same folder
     */
    LocalBackup(Path file, Path backup) {
        this.file = file;
        this.backup = backup;
    }

    /**
     * Removes what crashed runs left of a copy, and refuses a name that is taken by anything but this file.
     *
     * @throws StorageFailed if it is
     */
    void requireFree() throws IOException {
        TemporaryFile.removeLeftovers(backup);
        if (Files.exists(backup, LinkOption.NOFOLLOW_LINKS) && !holdsTheFile()) {
            throw taken();
        }
    }

    /** A link's name would go with the new file if it pointed to the name that is replaced. */
    private boolean holdsTheFile() throws IOException {
        return Files.isRegularFile(backup, LinkOption.NOFOLLOW_LINKS)
                && Files.exists(file)
                && (Files.isSameFile(backup, file) || Files.mismatch(backup, file) == -1);
    }

    /**
     * Keeps the file, bytes and name safe on the disk: a power cut must not save the new file's name and lose this one.
     *
     * @throws StorageFailed if the name is taken
     */
    void keep() throws IOException {
        if (!Files.exists(file)) {
            return;
        }
        requireFree();
        if (!Files.exists(backup)) {
            linkOrCopy();
        } else if (!Files.isSameFile(backup, file)) {
            sync(backup);
        }
        LocalFiles.syncFolder(file);
    }

    private void linkOrCopy() throws IOException {
        try {
            Files.createLink(backup, file);
        } catch (FileAlreadyExistsException e) {
            throw taken();
        } catch (UnsupportedOperationException | IOException e) {
            copy();
        }
    }

    /** Through a temporary file: a copy that is cut off must not stand under the backup's name. */
    private void copy() throws IOException {
        TemporaryFile temporary = TemporaryFile.beside(backup, Files.size(file), file);
        boolean moved = false;
        try (FileChannel target = temporary.channel();
                FileChannel source = FileChannel.open(file, StandardOpenOption.READ)) {
            long size = source.size();
            for (long at = 0; at < size; ) {
                at += source.transferTo(at, size - at, target);
            }
            Files.setLastModifiedTime(temporary.path(), Files.getLastModifiedTime(file));
            target.force(true);
            if (Files.exists(backup, LinkOption.NOFOLLOW_LINKS)) {
                throw taken();
            }
            Files.move(temporary.path(), backup, StandardCopyOption.ATOMIC_MOVE);
            moved = true;
        } finally {
            if (!moved) {
                temporary.delete();
            }
        }
    }

    private StorageFailed taken() {
        return new StorageFailed(
                Place.of(backup.toString()), "the backup's name is taken", Remedy.OTHER_BACKUP_SUFFIX.text());
    }

    private static void sync(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
