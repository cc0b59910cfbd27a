package io.glulam.tables.iceberg.files;

import io.glulam.storage.RangeReader;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.iceberg.io.SeekableInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Holds short manifests and manifest lists that were read: a compaction reads each to plan, for its metrics and to commit.
 * Such files are never changed, and no two have one name. Thread-safe.
 */
final class HeldMetadata {
    private static final String SUFFIX = ".avro";

    /** Longer ones are read as they are needed. */
    private static final int MAX_FILE_BYTES = 1 << 20;

    private static final int MAX_BYTES = 8 << 20;

    private final Map<String, byte[]> files = new LinkedHashMap<>(16, 0.75f, true);
    private int bytes;

    /** Returns a stream of a file that is held; null for another one. */
    synchronized @Nullable SeekableInputStream find(String location) {
        byte[] held = files.get(location);
        return held == null ? null : new Stream(held);
    }

    /** Returns the length of a file that is held; -1 for another one. */
    synchronized long length(String location) {
        byte[] held = files.get(location);
        return held == null ? -1 : held.length;
    }

    /** Returns a stream of a file, which is read whole and held where it is short; closes the reader in the end. */
    SeekableInputStream open(String location, RangeReader reader) {
        if (!location.endsWith(SUFFIX) || reader.size() > MAX_FILE_BYTES) {
            return new StoredInputStream(reader);
        }
        try (reader) {
            byte[] content = new byte[(int) reader.size()];
            reader.read(0, ByteBuffer.wrap(content));
            hold(location, content);
            return new Stream(content);
        }
    }

    private synchronized void hold(String location, byte[] content) {
        byte[] before = files.put(location, content);
        bytes += content.length - (before == null ? 0 : before.length);
        Iterator<byte[]> eldest = files.values().iterator();
        while (bytes > MAX_BYTES) {
            bytes -= eldest.next().length;
            eldest.remove();
        }
    }

    /** Bytes in memory. */
    private static final class Stream extends SeekableInputStream {
        private final byte[] content;
        private int position;

        Stream(byte[] content) {
            this.content = content;
        }

        @Override
        public long getPos() {
            return position;
        }

        @Override
        public void seek(long newPosition) throws IOException {
            if (newPosition < 0 || newPosition > content.length) {
                throw new EOFException("the file has no byte " + newPosition);
            }
            position = (int) newPosition;
        }

        @Override
        public int read() {
            return position == content.length ? -1 : content[position++] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            if (length == 0) {
                return 0;
            }
            int count = Math.min(length, content.length - position);
            if (count == 0) {
                return -1;
            }
            System.arraycopy(content, position, target, offset, count);
            position += count;
            return count;
        }
    }
}
