package io.glulam;

import io.glulam.error.Place;
import io.glulam.error.SourceChanged;
import io.glulam.local.DiskSpool;
import io.glulam.storage.ObjectFacts;
import io.glulam.storage.ObjectRef;
import io.glulam.storage.ObjectWriter;
import io.glulam.storage.PublishCondition;
import io.glulam.storage.RangeReader;
import io.glulam.storage.Traffic;
import io.glulam.storage.WriteRequest;

/**
 * A copy of an object that is made and not yet visible. {@code close} releases it, and removes it unless it was published. Not
 * thread-safe.
 */
final class BegunCopy implements AutoCloseable {
    private final RangeReader reader;
    private final ObjectWriter writer;

    private BegunCopy(RangeReader reader, ObjectWriter writer) {
        this.reader = reader;
        this.writer = writer;
    }

    /**
     * Copies an object for a name that is free; a store that copies by itself goes on doing so after this returns.
     *
     * @throws SourceChanged if the object is another version by now
     * @throws io.glulam.error.StorageFailed if an object has the name
     */
    static BegunCopy of(ObjectRef from, ObjectFacts facts, ObjectRef to) {
        to.store().makeFolder(to.key());
        RangeReader reader = from.store().open(from.key());
        ObjectWriter writer = null;
        try {
            if (!reader.version().equals(facts.version())) {
                throw new SourceChanged(Place.of(from.name()), "it changed before it was copied", "it stays");
            }
            WriteRequest wanted = new WriteRequest(
                    new PublishCondition.Absent(),
                    reader.size(),
                    from.store().equals(to.store()) ? reader : null,
                    null,
                    null,
                    DiskSpool.IN_SYSTEM_FOLDER);
            writer = to.store().create(to.key(), wanted);
            writer.copy(reader, 0, reader.size());
            writer.seal();
            return new BegunCopy(reader, writer);
        } catch (RuntimeException | Error failure) {
            if (writer != null) {
                writer.close();
            }
            reader.close();
            throw failure;
        }
    }

    /**
     * Makes the copy visible.
     *
     * @return the requests that the copy took
     * @throws SourceChanged if the object is another version by now
     */
    Traffic publish() {
        reader.checkUnchanged();
        writer.publish();
        return writer.traffic().plus(reader.traffic());
    }

    @Override
    public void close() {
        try (reader) {
            writer.close();
        }
    }
}
