package io.glulam.local;

import io.glulam.error.Place;
import io.glulam.error.SourceChanged;
import io.glulam.error.StorageFailed;
import io.glulam.storage.ObjectFacts;
import io.glulam.storage.ObjectLister;
import io.glulam.storage.ObjectMover;
import io.glulam.storage.ObjectRef;
import io.glulam.storage.ObjectRemover;
import io.glulam.storage.ObjectStore;
import io.glulam.storage.StoreCapabilities;
import io.glulam.storage.Traffic;
import io.glulam.storage.WriteRequest;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A local file system; keys are paths. */
public final class LocalStore implements ObjectStore, ObjectLister, ObjectMover, ObjectRemover {
    /** The file system of this machine. */
    public static final LocalStore INSTANCE = new LocalStore(FileSystems.getDefault());

    private final FileSystem fileSystem;

    /** Makes a store of another file system, whose calls may be watched. */
    public LocalStore(FileSystem fileSystem) {
        this.fileSystem = fileSystem;
    }

    /** Returns a file of this machine. */
    public static ObjectRef object(Path file) {
        return new ObjectRef(INSTANCE, file.toString());
    }

    private Path path(String key) {
        return fileSystem.getPath(key);
    }

    @Override
    public String nameOf(String key) {
        return key;
    }

    /** Returns the absolute path; links are not followed. */
    @Override
    public String fullNameOf(String key) {
        return path(key).toAbsolutePath().normalize().toString();
    }

    @Override
    public StoreCapabilities capabilities() {
        return StoreCapabilities.LOCAL;
    }

    @Override
    public LocalFileReader open(String key) {
        return LocalFileReader.open(path(key));
    }

    /** Removes temporary files in the key's folder, unless a process of this machine still writes them. */
    @Override
    public void removeLeftovers(String key, String suffix, Instant before) {
        Path folder = path(key).toAbsolutePath().getParent();
        try {
            if (folder != null) {
                TemporaryFile.removeLeftovers(folder, suffix, before);
            }
        } catch (IOException e) {
            // A temporary file that stays does no harm, and the next run tries to delete it again.
        }
    }

    @Override
    public void requireUnchanged(String key, long size, String version) {
        ObjectFacts now = facts(key);
        if (now == null || now.size() != size || !now.version().equals(version)) {
            throw LocalFileReader.changed(key);
        }
    }

    @Override
    public LocalFileWriter create(String key, WriteRequest object) {
        @Nullable Path like = object.like() instanceof LocalFileReader file ? file.path() : null;
        @Nullable Path backup = object.backup() == null ? null : path(object.backup());
        return LocalFileWriter.create(path(key), object.condition(), object.expectedSize(), like, backup);
    }

    /** Lists files; follows no symbolic link. */
    @Override
    public Traffic list(String prefix, String after, Predicate<ObjectFacts> next) {
        String folder = prefix.substring(0, prefix.lastIndexOf('/') + 1);
        new FolderListing(prefix, after, next).list(path(folder), folder);
        return Traffic.NONE;
    }

    @Override
    public Search find(String key) {
        return new Search(Files.exists(path(key)) ? key : null, Traffic.NONE);
    }

    /** Looks at the folder and all its files; finds nothing in a folder that must not be read. */
    @Override
    public Search search(String folder, int limit, Predicate<String> wanted) {
        return new Search(first(folder, wanted), Traffic.NONE);
    }

    private @Nullable String first(String folder, Predicate<String> wanted) {
        Path path = path(folder);
        if (!Files.isDirectory(path)) {
            return null;
        }
        if (wanted.test(folder)) {
            return folder;
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
            for (Path entry : entries) {
                String key = folder + entry.getFileName();
                if (wanted.test(key) && Files.isRegularFile(entry)) {
                    return key;
                }
            }
            return null;
        } catch (IOException | DirectoryIteratorException e) {
            return null;
        }
    }

    /** Returns the absolute path and, where links lead to another one, that too. */
    @Override
    public Set<String> locations(String key) {
        Path path = path(key);
        Set<String> locations = new LinkedHashSet<>();
        locations.add(path.toAbsolutePath().normalize().toString());
        try {
            locations.add(path.toRealPath().toString());
        } catch (IOException e) {
            // The caller will fail to open the file, and that message tells why.
        }
        return locations;
    }

    @Override
    public boolean isSame(String key, String other) {
        try {
            return Files.isSameFile(path(key), path(other));
        } catch (IOException e) {
            return false; // The caller fails to open the file that is gone.
        }
    }

    @Override
    public String resolved(String key) {
        Path path = path(key);
        try {
            return (Files.exists(path) ? path.toRealPath() : path.toAbsolutePath()).toString();
        } catch (IOException e) {
            throw LocalFiles.failed(path, "resolve", e);
        }
    }

    @Override
    public void move(String from, String to) {
        Path source = path(from);
        Path target = path(to);
        try {
            if (!Files.isRegularFile(source, LinkOption.NOFOLLOW_LINKS)) {
                throw new StorageFailed(StorageFailed.Kind.MISSING, Place.of(from), "no such file", null);
            }
            if (Files.exists(target) && Files.isSameFile(source, target)) {
                Files.delete(source); // Two names of one file: a rename would do nothing and leave both.
            } else {
                Files.move(source, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            }
            LocalFiles.syncFolder(target);
        } catch (IOException e) {
            throw LocalFiles.failed(target, "move", e);
        }
    }

    @Override
    public Seen see(String key) {
        return new Seen(look(key), Traffic.NONE);
    }

    private @Nullable ObjectFacts look(String key) {
        Path path = path(key);
        try {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            return attributes.isRegularFile()
                    ? new ObjectFacts(
                            key,
                            attributes.size(),
                            FileVersion.of(attributes),
                            attributes.lastModifiedTime().toInstant(),
                            null)
                    : null;
        } catch (NoSuchFileException e) {
            return null;
        } catch (IOException e) {
            throw LocalFiles.failed(path, "look at", e);
        }
    }

    @Override
    public void makeFolder(String key) {
        Path folder = path(key).toAbsolutePath().getParent();
        try {
            if (folder != null) {
                Files.createDirectories(folder);
            }
        } catch (IOException e) {
            throw LocalFiles.failed(folder, "make the folder", e);
        }
    }

    @Override
    public Traffic delete(String key) {
        Path path = path(key);
        try {
            if (Files.deleteIfExists(path)) {
                LocalFiles.syncFolder(path);
            }
            return Traffic.NONE;
        } catch (IOException e) {
            throw LocalFiles.failed(path, "delete", e);
        }
    }

    @Override
    public Traffic delete(String key, long size, String version) {
        ObjectFacts now = facts(key);
        if (now == null) {
            return Traffic.NONE;
        }
        if (now.size() != size || !now.version().equals(version)) {
            throw new SourceChanged(Place.of(key), "the file is not the version that was to be deleted", "it stays");
        }
        return delete(key);
    }
}
