package io.glulam.storage;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The local file system; keys are paths. */
public final class LocalStore implements ObjectStore {
    /** The one there is. */
    public static final LocalStore INSTANCE = new LocalStore();

    private LocalStore() {}

    @Override
    public String nameOf(String key) {
        return key;
    }

    @Override
    public StoreCapabilities capabilities() {
        return StoreCapabilities.LOCAL;
    }

    @Override
    public LocalFileReader open(String key) {
        return LocalFileReader.open(Path.of(key));
    }

    @Override
    public LocalFileWriter create(String key, NewObject object) {
        @Nullable Path like = object.like() instanceof LocalFileReader file ? file.path() : null;
        @Nullable Path backup = object.backup() == null ? null : Path.of(object.backup());
        return LocalFileWriter.create(Path.of(key), object.condition(), object.expectedSize(), like, backup);
    }
}
