package io.glulam.spark.files;

import io.glulam.storage.ObjectRemover;
import io.glulam.storage.ObjectStore;
import io.glulam.storage.ObjectWriter;
import io.glulam.storage.PartLimits;
import io.glulam.storage.RangeReader;
import io.glulam.storage.StoreCapabilities;
import io.glulam.storage.Traffic;
import io.glulam.storage.WriteRequest;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.io.FileIO;

/** The files that an Iceberg {@code FileIO} reaches; keys are their locations. Thread-safe. */
final class FileIoStore implements ObjectStore, ObjectRemover {
    private static final StoreCapabilities CAPABILITIES =
            new StoreCapabilities(true, PartLimits.NONE, false, false, false, StoreCapabilities.USUAL_REQUEST_BYTES);

    private final FileIO io;

    FileIoStore(FileIO io) {
        this.io = io;
    }

    @Override
    public String nameOf(String key) {
        return key;
    }

    @Override
    public StoreCapabilities capabilities() {
        return CAPABILITIES;
    }

    @Override
    public RangeReader open(String key) {
        return FileIoReader.open(io, key);
    }

    @Override
    public ObjectWriter create(String key, WriteRequest object) {
        return new FileIoWriter(io, key, object);
    }

    @Override
    public Traffic delete(String key) {
        try {
            io.deleteFile(key);
            return Traffic.NONE; // A FileIO tells of no requests.
        } catch (NotFoundException gone) {
            return Traffic.NONE; // Deleted already.
        } catch (RuntimeException failure) {
            throw FileIoFailure.of(key, "cannot be deleted", failure);
        }
    }

    @Override
    public Traffic delete(String key, long size, String version) {
        return delete(key);
    }
}
