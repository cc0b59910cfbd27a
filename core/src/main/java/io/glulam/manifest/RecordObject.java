package io.glulam.manifest;

import io.glulam.error.CorruptFile;
import io.glulam.error.Place;
import io.glulam.error.StorageFailed;
import io.glulam.local.DiskSpool;
import io.glulam.storage.ObjectRef;
import io.glulam.storage.ObjectWriter;
import io.glulam.storage.PublishCondition;
import io.glulam.storage.RangeReader;
import io.glulam.storage.Traffic;
import io.glulam.storage.WriteRequest;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A small object that is read whole and replaced whole, each time only if it is still the version that was read or written
 * last. Not thread-safe.
 */
public final class RecordObject implements AutoCloseable {
    private static final int PIECE = 64 << 10;

    private final ObjectRef object;
    private @Nullable RangeReader pinned;
    private Traffic traffic = Traffic.NONE;

    /** An object that nothing is known of yet. */
    public RecordObject(ObjectRef object) {
        this.object = object;
    }

    /** Its name for people. */
    public String name() {
        return object.name();
    }

    /** Reads a document from its bytes. */
    @FunctionalInterface
    public interface Reading<T> {
        /** Returns what {@code bytes} hold. */
        T read(InputStream bytes);
    }

    /** Writes a document as bytes. */
    @FunctionalInterface
    public interface Writing {
        /** Writes all bytes; {@code bytes} stays open. */
        void write(OutputStream bytes);
    }

    /**
     * Reads the object and pins its version. Its bytes are never held together.
     *
     * @param maxBytes a larger one is refused
     * @return null if there is none
     */
    public <T> @Nullable T read(long maxBytes, Reading<T> reading) {
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
        T document = reading.read(new BufferedInputStream(new ObjectInput(reader), PIECE));
        reader.checkUnchanged();
        return document;
    }

    /**
     * Replaces the object, or makes it if none was there when it was read, or listed.
     *
     * @throws io.glulam.error.SourceChanged if another run has replaced it
     * @throws StorageFailed of the kind {@code EXISTS}, if another run has made it
     */
    public void write(Writing document) {
        RangeReader before = pinned;
        PublishCondition condition =
                before == null ? new PublishCondition.Absent(true) : new PublishCondition.Unchanged(before);
        WriteRequest wanted =
                WriteRequest.of(condition, before == null ? 0 : before.size(), DiskSpool.IN_SYSTEM_FOLDER);
        try (ObjectWriter writer = object.store().create(object.key(), wanted)) {
            OutputStream bytes = new BufferedOutputStream(new ObjectOutput(writer), PIECE);
            document.write(bytes);
            bytes.flush();
            String expected = writer.expectedVersion();
            long size = writer.position();
            writer.publish();
            traffic = traffic.plus(writer.traffic());
            String version = expected.isEmpty() ? writer.publishedVersion() : expected;
            pinned = object.store().reopen(object.key(), size, version);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (before != null) {
            close(before);
        }
    }

    private static final class ObjectInput extends InputStream {
        private final RangeReader reader;
        private long position;

        ObjectInput(RangeReader reader) {
            this.reader = reader;
        }

        @Override
        public int read() {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] target, int from, int length) {
            int count = (int) Math.min(length, reader.size() - position);
            if (count <= 0) {
                return length == 0 ? 0 : -1;
            }
            reader.read(position, ByteBuffer.wrap(target, from, count));
            position += count;
            return count;
        }
    }

    private static final class ObjectOutput extends OutputStream {
        private final ObjectWriter writer;

        ObjectOutput(ObjectWriter writer) {
            this.writer = writer;
        }

        @Override
        public void write(int value) {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) {
            writer.append(ByteBuffer.wrap(bytes, from, length));
        }
    }

    /** The requests so far. */
    public Traffic traffic() {
        return pinned == null ? traffic : traffic.plus(pinned.traffic());
    }

    private void close(RangeReader reader) {
        traffic = traffic.plus(reader.traffic()); // Checks before a publication are requests, too.
        reader.close();
    }

    @Override
    public void close() {
        if (pinned != null) {
            close(pinned);
            pinned = null;
        }
    }
}
