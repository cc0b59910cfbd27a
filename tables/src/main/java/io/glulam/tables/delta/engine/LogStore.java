package io.glulam.tables.delta.engine;

import io.glulam.error.StorageFailed;
import io.glulam.local.DiskSpool;
import io.glulam.storage.ObjectFacts;
import io.glulam.storage.ObjectLister;
import io.glulam.storage.ObjectStore;
import io.glulam.storage.ObjectWriter;
import io.glulam.storage.PublishCondition;
import io.glulam.storage.RangeReader;
import io.glulam.storage.WriteRequest;
import java.io.FileNotFoundException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The files of a table's log in one of Glulam's stores. Paths are those that the kernel uses: local ones, or addresses of
 * objects. Thread-safe.
 *
 * @param store that holds them
 * @param lister of the same store
 * @param root what every path begins with before its key: empty for local files, {@code s3://BUCKET/} for a bucket
 */
public record LogStore(ObjectStore store, ObjectLister lister, String root) {
    /** How often a write without a clear answer is repeated. A repetition is harmless: it writes the same bytes or nothing. */
    private static final int TRIES = 4;

    /** The key of a path. */
    public String key(String path) {
        if (!path.startsWith(root)) {
            throw new IllegalArgumentException("a path outside of the table's store");
        }
        return path.substring(root.length());
    }

    /** Returns what the store tells of a file; null if there is none. */
    @Nullable
    ObjectFacts facts(String path) {
        return lister.facts(key(path));
    }

    /** Hands over the files of a folder and of folders in it whose paths begin with {@code folder} and come after {@code after}. */
    void list(String folder, String after, Predicate<ObjectFacts> next) {
        lister.list(key(folder), key(after), facts -> next.test(facts.withKey(root + facts.key())));
    }

    /** Opens a file such that small reads ask nothing of the store. */
    RangeReader open(String path) throws FileNotFoundException {
        RangeReader reader = pinned(path);
        if (reader == null) {
            throw new FileNotFoundException(path);
        }
        return reader.isRemote() ? HeldObject.fetch(reader) : reader;
    }

    /** Reads a whole file of the log. */
    public byte[] read(String path) throws FileNotFoundException {
        try (RangeReader reader = open(path)) {
            byte[] bytes = new byte[Math.toIntExact(reader.size())];
            reader.read(0, ByteBuffer.wrap(bytes));
            return bytes;
        }
    }

    private @Nullable RangeReader pinned(String path) {
        try {
            return store.open(key(path));
        } catch (StorageFailed failure) {
            if (failure.kind() == StorageFailed.Kind.MISSING) {
                return null;
            }
            throw failure;
        }
    }

    /** Starts a file that appears whole, and only if none is there. */
    ObjectWriter create(String path) {
        WriteRequest wanted = WriteRequest.of(new PublishCondition.Absent(), 0, DiskSpool.IN_SYSTEM_FOLDER);
        return store.create(key(path), wanted);
    }

    /**
     * Writes a file that appears whole or not at all.
     *
     * @param overwrite whether a file that is there is replaced
     * @throws FileAlreadyExistsException if another file is there and must not be replaced
     * @throws UnknownWrite if no answer tells whether the file was written
     */
    void write(String path, byte[] bytes, boolean overwrite) throws FileAlreadyExistsException {
        StorageFailed lost = null;
        for (int tries = 1; tries <= TRIES; tries++) {
            try {
                put(path, bytes, overwrite);
                return;
            } catch (StorageFailed failure) {
                if (failure.kind() == StorageFailed.Kind.EXISTS && !overwrite) {
                    if (lost != null && isOurs(path, bytes, lost)) {
                        return; // A write before this one had arrived, only its answer was lost.
                    }
                    throw alreadyExists(path);
                }
                lost = failure;
                if (isOurs(path, bytes, failure)) {
                    return; // It is there, whatever failed afterwards.
                }
                if (!failure.retryable() && tries == 1) {
                    throw failure;
                }
            }
        }
        throw new UnknownWrite(path, lost);
    }

    private static FileAlreadyExistsException alreadyExists(String path) {
        return new FileAlreadyExistsException(path);
    }

    private void put(String path, byte[] bytes, boolean overwrite) {
        if (!overwrite && !store.capabilities().remote()) {
            LinkedFile.create(Path.of(key(path)), bytes);
            return;
        }
        PublishCondition condition = overwrite ? new PublishCondition.Replace() : new PublishCondition.Absent();
        WriteRequest wanted = WriteRequest.of(condition, bytes.length, DiskSpool.IN_SYSTEM_FOLDER);
        try (ObjectWriter writer = store.create(key(path), wanted)) {
            writer.append(ByteBuffer.wrap(bytes));
            writer.seal();
            writer.publish();
        }
    }

    private boolean isOurs(String path, byte[] bytes, StorageFailed lost) {
        try (RangeReader reader = pinned(path)) {
            if (reader == null || reader.size() != bytes.length) {
                return false;
            }
            byte[] found = new byte[bytes.length];
            reader.read(0, ByteBuffer.wrap(found));
            return Arrays.equals(found, bytes);
        } catch (StorageFailed failure) {
            lost.addSuppressed(failure);
            throw new UnknownWrite(path, lost);
        }
    }

    /** No answer told whether a file was written, and it could not be found out. */
    public static final class UnknownWrite extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UnknownWrite(String path, @Nullable Throwable cause) {
            super("no answer told whether " + path + " was written", cause);
        }
    }
}
