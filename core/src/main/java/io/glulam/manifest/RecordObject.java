package io.glulam.manifest;

import io.glulam.error.CorruptFile;
import io.glulam.error.Place;
import io.glulam.error.StorageFailed;
import io.glulam.storage.MemorySpool;
import io.glulam.storage.NewObject;
import io.glulam.storage.ObjectWriter;
import io.glulam.storage.PublishCondition;
import io.glulam.storage.RangeReader;
import io.glulam.storage.StoredObject;
import io.glulam.storage.Traffic;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A small object that is read whole and replaced whole, each time only if it is still the version that was read or written
 * last. Not thread-safe.
 */
public final class RecordObject implements AutoCloseable {
    private final StoredObject object;
    private @Nullable RangeReader pinned;
    private Traffic traffic = Traffic.NONE;

    /** An object that nothing is known of yet. */
    public RecordObject(StoredObject object) {
        this.object = object;
    }

    /** Its name for people. */
    public String name() {
        return object.name();
    }

    /**
     * Reads the object and pins its version.
     *
     * @param maxBytes a larger one is refused
     * @return null if there is none
     */
    public byte @Nullable [] read(int maxBytes) {
        close();
        RangeReader reader;
        try {
            reader = object.store().open(object.key());
        } catch (StorageFailed failure) {
            if (failure.kind() == StorageFailed.Kind.MISSING) {
                return null;
            }
            throw failure;
        }
        pinned = reader;
        if (reader.size() > maxBytes) {
            throw new CorruptFile(
                    Place.of(object.name()),
                    "it has " + reader.size() + " bytes, more than the " + maxBytes + " that are read",
                    "merge into a new folder");
        }
        ByteBuffer bytes = ByteBuffer.allocate((int) reader.size());
        reader.read(0, bytes);
        reader.checkUnchanged();
        traffic = traffic.plus(reader.traffic());
        return bytes.array();
    }

    /**
     * Replaces the object, or makes it if none was there when it was read.
     *
     * @throws io.glulam.error.SourceChanged if another run has replaced it
     * @throws StorageFailed of the kind {@code EXISTS}, if another run has made it
     */
    public void write(byte[] bytes) {
        RangeReader before = pinned;
        PublishCondition condition =
                before == null ? new PublishCondition.Absent() : new PublishCondition.Unchanged(before);
        long room = bytes.length + (1L << 20);
        NewObject wanted = NewObject.of(condition, bytes.length, () -> new MemorySpool(room));
        try (ObjectWriter writer = object.store().create(object.key(), wanted)) {
            writer.append(ByteBuffer.wrap(bytes));
            String expected = writer.expectedVersion();
            writer.publish();
            traffic = traffic.plus(writer.traffic());
            String version = expected.isEmpty() ? writer.publishedVersion() : expected;
            pinned = object.store().reopen(object.key(), bytes.length, version);
        }
        if (before != null) {
            before.close();
        }
    }

    /** The requests so far. */
    public Traffic traffic() {
        return traffic;
    }

    @Override
    public void close() {
        if (pinned != null) {
            pinned.close();
            pinned = null;
        }
    }
}
