package io.glulam;

import io.glulam.error.Place;
import io.glulam.error.StorageFailed;
import io.glulam.storage.LocalStore;
import io.glulam.storage.NewObject;
import io.glulam.storage.ObjectRemover;
import io.glulam.storage.ObjectWriter;
import io.glulam.storage.PublishCondition;
import io.glulam.storage.RangeReader;
import io.glulam.storage.RangeSpool;
import io.glulam.storage.StoredObject;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** The old bytes that an in-place compaction leaves beside the file, and the way back to them. */
public final class Backups {
    /** The suffix that people use when they name none. */
    public static final String DEFAULT_SUFFIX = ".bak";

    private Backups() {}

    /**
     * Where the backup of {@code file} lies: beside it, under its name with {@code suffix} behind. A symbolic link
     * stands for the file that it points to.
     *
     * @throws IllegalArgumentException if the suffix is empty or holds a slash
     */
    public static Path of(Path file, String suffix) {
        requireSuffix(suffix);
        Path real = resolved(file);
        return real.resolveSibling(real.getFileName() + suffix);
    }

    /** As {@link #of(Path, String)}, in any store: the key with the suffix behind. */
    public static StoredObject of(StoredObject object, String suffix) {
        if (object.store() instanceof LocalStore) {
            return StoredObject.of(of(Path.of(object.key()), suffix));
        }
        requireSuffix(suffix);
        return object.sibling(object.key() + suffix);
    }

    /**
     * Refuses what would not name a file in the same folder.
     *
     * @throws IllegalArgumentException if the suffix is empty, or would lead to another folder
     */
    public static void requireSuffix(String suffix) {
        if (suffix.isEmpty() || suffix.indexOf('/') >= 0 || suffix.indexOf('\\') >= 0) {
            throw new IllegalArgumentException("a backup suffix is not empty and holds no slash");
        }
    }

    /**
     * Brings a backup back in one atomic step: {@code file} holds the old bytes again, the backup's name is gone.
     * Whatever {@code file} held is lost; it need not exist.
     *
     * @return the backup that was brought back
     * @throws StorageFailed if there is no backup, or the folder must not be written; {@code file} is whole then
     */
    public static Path restore(Path file, String suffix) {
        Path target = resolved(file);
        Path backup = of(file, suffix);
        if (!Files.isRegularFile(backup, LinkOption.NOFOLLOW_LINKS)) {
            throw new StorageFailed(
                    Place.of(file.toString()),
                    "there is no backup " + backup.getFileName() + " beside it",
                    "name the suffix that was given to compact: --backup SUFFIX");
        }
        try {
            if (Files.exists(target) && Files.isSameFile(backup, target)) {
                // Two names of one file: a rename would do nothing and leave both.
                Files.delete(backup);
            } else {
                Files.move(backup, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            }
            syncFolder(target);
            return backup;
        } catch (IOException e) {
            throw failed(file, e);
        }
    }

    /**
     * As {@link #restore(Path, String)}, in any store that can delete: the backup is copied over the object, then
     * deleted.
     *
     * @return the backup that was brought back
     */
    public static StoredObject restore(StoredObject object, String suffix) {
        if (object.store() instanceof LocalStore) {
            return StoredObject.of(restore(Path.of(object.key()), suffix));
        }
        if (!(object.store() instanceof ObjectRemover remover)) {
            throw new StorageFailed(Place.of(object.name()), "its store deletes nothing, so no backup", null);
        }
        StoredObject backup = of(object, suffix);
        try (RangeReader reader = backup.store().open(backup.key())) {
            NewObject wanted = new NewObject(
                    new PublishCondition.Replace(), reader.size(), reader, null, null, () -> RangeSpool.onDisk(null));
            try (ObjectWriter writer = object.store().create(object.key(), wanted)) {
                writer.copy(reader, 0, reader.size());
                writer.publish();
            }
        }
        remover.delete(backup.key());
        return backup;
    }

    private static Path resolved(Path file) {
        try {
            return Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
        } catch (IOException e) {
            throw failed(file, e);
        }
    }

    private static void syncFolder(Path file) throws IOException {
        Path folder = file.getParent();
        if (folder == null || !Files.isReadable(folder)) {
            return;
        }
        try (FileChannel handle = FileChannel.open(folder, StandardOpenOption.READ)) {
            handle.force(true);
        }
    }

    private static StorageFailed failed(Path file, IOException cause) {
        Place place = Place.of(file.toString());
        if (cause instanceof AccessDeniedException) {
            return new StorageFailed(place, "permission denied", "check the rights of its folder", false, cause);
        }
        String reason = cause instanceof FileSystemException system ? system.getReason() : cause.getMessage();
        return new StorageFailed(place, "the backup cannot be brought back: " + reason, null, false, cause);
    }
}
