package io.glulam.service.bucket;

import io.glulam.error.Place;
import io.glulam.error.StorageFailed;
import io.glulam.local.LocalStore;
import io.glulam.storage.ObjectFacts;
import io.glulam.storage.RangeReader;
import io.glulam.storage.StoreAbility;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** A folder; keys are the paths of the files under it. Symbolic links are not followed. */
public final class LocalBucket extends StoreBucket {
    private final Path root;

    /** @param root an existing folder */
    public LocalBucket(Path root) {
        super(LocalStore.INSTANCE);
        try {
            this.root = root.toRealPath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String describe() {
        return "the folder " + root;
    }

    @Override
    public void check() {
        if (!Files.isReadable(root) || !Files.isWritable(root)) {
            throw new StorageFailed(
                    Place.of(root.toString()), "the folder cannot be read and written", "check its rights");
        }
    }

    @Override
    public Set<StoreAbility> probe() {
        try {
            Path file = Files.createTempFile(root, ".glulam-probe-", ".tmp");
            Files.delete(file);
            return Set.of();
        } catch (IOException e) {
            throw new StorageFailed(
                    Place.of(root.toString()), "no file can be made in the folder", "check its rights", false, e);
        }
    }

    @Override
    public String forPeople(String message) {
        return message.replace(root + root.getFileSystem().getSeparator(), "").replace(root.toString(), "the bucket");
    }

    @Override
    String toStore(String key) {
        Keys.require(key);
        Path path;
        try {
            path = root.resolve(key);
        } catch (InvalidPathException e) {
            throw new InvalidKey("a key can be the name of a file");
        }
        if (!path.normalize().equals(path) || !path.startsWith(root)) {
            throw new InvalidKey("a key stays inside its bucket");
        }
        for (Path part = path; part != null && !part.equals(root); part = part.getParent()) {
            if (Files.isSymbolicLink(part)) {
                throw new InvalidKey("a key leads through no symbolic link");
            }
        }
        return path.toString();
    }

    @Override
    String root() {
        return root + "/";
    }

    @Override
    String fromStore(String storeKey) {
        return root.relativize(Path.of(storeKey)).toString();
    }

    @Override
    public Optional<ObjectFacts> find(String key) {
        Path path = Path.of(toStore(key));
        if (Files.notExists(path, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        try (RangeReader reader = LocalStore.INSTANCE.open(path.toString())) {
            Instant modified = Files.getLastModifiedTime(path).toInstant();
            return Optional.of(new ObjectFacts(key, reader.size(), reader.version(), modified, null));
        } catch (IOException e) {
            throw new StorageFailed(Place.of(key), "cannot be looked at", "check the file's rights", true, e);
        }
    }

    @Override
    public Optional<Path> file(String key) {
        return Optional.of(Path.of(toStore(key)));
    }

    @Override
    public void delete(String key) {
        Path path = Path.of(toStore(key));
        try {
            if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new StorageFailed(Place.of(key), "cannot be deleted", "check the folder's rights", true, e);
        }
    }

    @Override
    public void list(String prefix, String after, Predicate<ObjectFacts> next) {
        String start = root + "/";
        LocalStore.INSTANCE.list(
                start + prefix,
                after.isEmpty() ? "" : start + after,
                facts -> next.test(facts.withKey(facts.key().substring(start.length()))));
    }
}
