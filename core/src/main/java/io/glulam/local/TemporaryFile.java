package io.glulam.local;

import io.glulam.error.Place;
import io.glulam.error.StorageFailed;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A temporary file beside a target, locked as long as its process lives: that tells a crashed run's leftover, which is
 * removed, from a running one's file.
 */
final class TemporaryFile {
    private static final String MARK = ".glulam-";
    private static final String SUFFIX = ".tmp";

    private static final AtomicLong COUNT = new AtomicLong();

    private final Path path;
    private final FileChannel channel;

    private TemporaryFile(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    static TemporaryFile beside(Path target, long expectedSize, @Nullable Path attributesFrom) throws IOException {
        Path folder = target.getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new StorageFailed(
                    Place.of(target.toString()), "its folder does not exist", "create the folder first");
        }
        checkSpace(folder, expectedSize);
        Path path = folder.resolve("." + target.getFileName() + MARK + unique() + SUFFIX);
        FileChannel channel = FileChannel.open(
                path, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
        TemporaryFile file = new TemporaryFile(path, channel);
        try {
            channel.tryLock();
            if (attributesFrom != null) {
                copyAttributes(attributesFrom, path);
            }
            return file;
        } catch (IOException | RuntimeException e) {
            channel.close();
            file.delete();
            throw e;
        }
    }

    /**
     * Returns a name that no other process uses. It is not secret: random numbers would cost a start more than the rest
     * of this.
     */
    static String unique() {
        return Long.toString(ProcessHandle.current().pid(), 36)
                + "-" + Long.toUnsignedString(System.nanoTime(), 36)
                + "-" + COUNT.incrementAndGet();
    }

    /** Removes the temporary files of crashed runs for a target. */
    static void removeLeftovers(Path target) throws IOException {
        Path folder = target.getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            return;
        }
        String prefix = "." + target.getFileName() + MARK;
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(
                folder, entry -> isLeftover(entry.getFileName().toString(), prefix))) {
            for (Path entry : entries) {
                removeUnlessLocked(entry);
            }
        }
    }

    /**
     * Removes the temporary files that crashed runs left for targets of which no two runs have the same.
     *
     * @param suffix at the end of all names of such targets
     * @param before files that changed later stay: another host may write one, whose lock is not seen here
     */
    static void removeLeftovers(Path folder, String suffix, Instant before) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(
                folder, entry -> isLeftoverOf(suffix, entry.getFileName().toString()))) {
            for (Path entry : entries) {
                if (Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS)
                        && Files.getLastModifiedTime(entry).toInstant().isBefore(before)) {
                    removeUnlessLocked(entry);
                }
            }
        } catch (DirectoryIteratorException | NoSuchFileException e) {
            // The folder, or a file in it, is gone.
        }
    }

    private static boolean isLeftoverOf(String suffix, String name) {
        return name.startsWith(".") && name.contains(suffix + MARK) && name.endsWith(SUFFIX);
    }

    private static boolean isLeftover(String name, String prefix) {
        return name.startsWith(prefix) && name.endsWith(SUFFIX);
    }

    private static void removeUnlessLocked(Path entry) throws IOException {
        try (FileChannel channel = FileChannel.open(entry, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            if (lock != null) {
                Files.deleteIfExists(entry);
            }
        } catch (OverlappingFileLockException | NoSuchFileException e) {
            // Another run's, alive or just finished: not ours to remove.
        } catch (FileSystemException e) {
            // Another user's file, which must not be touched; it does not stand in the way.
        }
    }

    private static void checkSpace(Path folder, long expectedSize) throws IOException {
        long free = usableSpace(folder);
        if (free < expectedSize) {
            throw new StorageFailed(
                    Place.of(folder.toString()),
                    "only " + free + " bytes free, the new file needs up to " + expectedSize,
                    "free space or choose another folder");
        }
    }

    /**
     * Where the root was changed, the JDK finds no mount point, though the folder is there: a full disk is seen later
     * then.
     */
    private static long usableSpace(Path folder) throws IOException {
        try {
            return Files.getFileStore(folder).getUsableSpace();
        } catch (IOException e) {
            if (Files.isDirectory(folder)) {
                return Long.MAX_VALUE;
            }
            throw e;
        }
    }

    private static void copyAttributes(Path from, Path to) throws IOException {
        PosixFileAttributeView target = Files.getFileAttributeView(to, PosixFileAttributeView.class);
        if (target == null) {
            return;
        }
        PosixFileAttributes source = Files.readAttributes(from, PosixFileAttributes.class);
        try {
            target.setGroup(source.group());
            target.setOwner(source.owner());
        } catch (FileSystemException e) {
            // Only root may change the owner; every user can set the permissions below.
        }
        target.setPermissions(source.permissions());
    }

    Path path() {
        return path;
    }

    FileChannel channel() {
        return channel;
    }

    void delete() throws IOException {
        Files.deleteIfExists(path);
    }
}
