package io.glulam.spark.files;

import io.glulam.storage.ObjectWriter;
import io.glulam.storage.RangeReader;
import io.glulam.storage.RangeSpool;
import io.glulam.storage.WriteRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.PositionOutputStream;

/**
 * A new file by an Iceberg {@code FileIO}: it lies in a spool until it is verified, and is sent when it is published. Names of
 * new files are never used twice, so that no snapshot names a file whose upload failed.
 */
final class FileIoWriter implements ObjectWriter {
    private static final int CHUNK = 256 << 10;

    private final FileIO io;
    private final String location;
    private final RangeSpool spool;
    private long position;

    FileIoWriter(FileIO io, String location, WriteRequest object) {
        this.io = io;
        this.location = location;
        this.spool = object.spools().create();
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public void append(ByteBuffer literal) {
        int count = literal.remaining();
        spool.write(position, literal);
        position += count;
    }

    @Override
    public void copy(RangeReader source, long offset, long length) {
        source.transfer(offset, length, (at, bytes) -> append(bytes));
    }

    @Override
    public void read(long from, ByteBuffer target) {
        spool.read(from, target);
    }

    @Override
    public void publish() {
        boolean sent = false;
        try (PositionOutputStream out = io.newOutputFile(location).create()) {
            byte[] chunk = new byte[CHUNK];
            for (long at = 0; at < position; ) {
                int count = (int) Math.min(CHUNK, position - at);
                spool.read(at, ByteBuffer.wrap(chunk, 0, count));
                out.write(chunk, 0, count);
                at += count;
            }
            sent = true;
        } catch (IOException | RuntimeException failure) {
            sent = false; // The stream's end is what sends the last bytes.
            throw FileIoFailure.of(location, "cannot be written", failure);
        } finally {
            if (!sent) {
                removeQuietly();
            }
        }
    }

    /** Some stores show what was sent before the stream failed. */
    private void removeQuietly() {
        try {
            io.deleteFile(location);
        } catch (RuntimeException ignored) {
            return; // The failure to write is what counts; the driver tries again.
        }
    }

    @Override
    public void close() {
        spool.close();
    }
}
