package io.glulam.tables.iceberg.files;

import io.glulam.error.GlulamException;
import io.glulam.storage.ObjectWriter;
import java.nio.ByteBuffer;
import org.apache.iceberg.io.PositionOutputStream;

/** Writes a new object, which {@link #close} publishes. Not thread-safe. */
final class StoredOutputStream extends PositionOutputStream {
    private final ObjectWriter writer;
    private final ByteBuffer buffer = ByteBuffer.allocate(64 << 10);
    private boolean open = true;
    private long position;

    StoredOutputStream(ObjectWriter writer) {
        this.writer = writer;
    }

    @Override
    public long getPos() {
        return position;
    }

    @Override
    public long storedLength() {
        return position;
    }

    @Override
    public void write(int one) {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        for (int done = 0; done < length; ) {
            int count = Math.min(length - done, buffer.remaining());
            buffer.put(bytes, offset + done, count);
            done += count;
            if (!buffer.hasRemaining()) {
                drain();
            }
        }
        position += length;
    }

    private void drain() {
        writer.append(buffer.flip());
        buffer.clear();
    }

    @Override
    public void close() {
        if (!open) {
            return;
        }
        open = false;
        try (writer) {
            drain();
            writer.seal();
            writer.publish();
        } catch (GlulamException failure) {
            throw GlulamFileIO.translated(failure);
        }
    }
}
