package io.glulam.spark.files;

import io.glulam.error.CorruptFile;
import io.glulam.error.Place;
import io.glulam.error.SourceChanged;
import io.glulam.storage.RangeReader;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.RangeReadable;
import org.apache.iceberg.io.SeekableInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A file read by an Iceberg {@code FileIO}. Data files of a table are written once, so that their size is their version.
 * Thread-safe: reads take turns.
 */
final class FileIoReader implements RangeReader {
    private static final int CHUNK = 256 << 10;

    private final FileIO io;
    private final InputFile file;
    private final long size;
    private @Nullable SeekableInputStream stream;

    private FileIoReader(FileIO io, InputFile file, long size) {
        this.io = io;
        this.file = file;
        this.size = size;
    }

    /** Looks for the file; a store may be asked for its size. */
    static FileIoReader open(FileIO io, String location) {
        try {
            InputFile file = io.newInputFile(location);
            return new FileIoReader(io, file, file.getLength());
        } catch (RuntimeException failure) {
            throw FileIoFailure.of(location, "cannot be opened", failure);
        }
    }

    @Override
    public String name() {
        return file.location();
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public String version() {
        return Long.toString(size);
    }

    @Override
    public boolean isRemote() {
        return true;
    }

    @Override
    public synchronized void read(long position, ByteBuffer target) {
        if (position < 0 || position + target.remaining() > size) {
            throw new CorruptFile(Place.of(name()), "a read beyond the end of the file, at " + position, null);
        }
        try {
            for (long at = position; target.hasRemaining(); ) {
                byte[] bytes = new byte[Math.min(CHUNK, target.remaining())];
                fill(at, bytes);
                at += bytes.length;
                target.put(bytes);
            }
        } catch (IOException | RuntimeException failure) {
            close();
            throw FileIoFailure.of(name(), "cannot be read", failure);
        }
    }

    private void fill(long position, byte[] bytes) throws IOException {
        SeekableInputStream open = stream;
        if (open == null) {
            open = file.newStream();
            stream = open;
        }
        if (open instanceof RangeReadable ranges && open.getPos() != position) {
            ranges.readFully(position, bytes);
            return;
        }
        if (open.getPos() != position) {
            open.seek(position);
        }
        int done = 0;
        while (done < bytes.length) {
            int count = open.read(bytes, done, bytes.length - done);
            if (count < 0) {
                throw new EOFException("the file ends early");
            }
            done += count;
        }
    }

    @Override
    public void checkUnchanged() {
        long now;
        try {
            now = io.newInputFile(name()).getLength();
        } catch (RuntimeException failure) {
            throw FileIoFailure.of(name(), "cannot be opened", failure);
        }
        if (now != size) {
            throw new SourceChanged(
                    Place.of(name()), "the file changed while it was read", "it was left as it is; run again");
        }
    }

    @Override
    public synchronized void close() {
        SeekableInputStream open = stream;
        stream = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException ignored) {
                return; // All bytes that were asked for have been read.
            }
        }
    }
}
