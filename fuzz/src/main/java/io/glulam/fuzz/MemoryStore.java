package io.glulam.fuzz;

import io.glulam.error.CorruptFile;
import io.glulam.error.Place;
import io.glulam.error.StorageFailed;
import io.glulam.storage.ObjectRef;
import io.glulam.storage.ObjectStore;
import io.glulam.storage.ObjectWriter;
import io.glulam.storage.RangeReader;
import io.glulam.storage.StoreCapabilities;
import io.glulam.storage.WriteRequest;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Objects in memory, each written once. Reads like a local disk. */
final class MemoryStore implements ObjectStore {
    private final Map<String, byte[]> objects = new ConcurrentHashMap<>();

    ObjectRef put(String key, byte[] bytes) {
        objects.put(key, bytes);
        return object(key);
    }

    ObjectRef object(String key) {
        return new ObjectRef(this, key);
    }

    byte @Nullable [] bytes(String key) {
        return objects.get(key);
    }

    @Override
    public String nameOf(String key) {
        return "memory:" + key;
    }

    @Override
    public StoreCapabilities capabilities() {
        return StoreCapabilities.LOCAL;
    }

    @Override
    public RangeReader open(String key) {
        byte[] bytes = objects.get(key);
        if (bytes == null) {
            throw new StorageFailed(Place.of(nameOf(key)), "no such object", null);
        }
        return new Reader(nameOf(key), bytes);
    }

    @Override
    public ObjectWriter create(String key, WriteRequest object) {
        return new Writer(key);
    }

    private record Reader(String name, byte[] bytes) implements RangeReader {
        @Override
        public long size() {
            return bytes.length;
        }

        @Override
        public String version() {
            return "1";
        }

        @Override
        public void read(long position, ByteBuffer target) {
            if (position < 0 || position + target.remaining() > bytes.length) {
                throw new CorruptFile(Place.of(name), "the object ends before " + (position + target.remaining()));
            }
            target.put(bytes, (int) position, target.remaining());
        }

        @Override
        public void checkUnchanged() {}

        @Override
        public void close() {}
    }

    private final class Writer implements ObjectWriter {
        private final String key;
        private byte[] bytes = new byte[1 << 14];
        private int size;

        Writer(String key) {
            this.key = key;
        }

        @Override
        public synchronized long position() {
            return size;
        }

        @Override
        public synchronized void append(ByteBuffer literal) {
            int length = literal.remaining();
            if (bytes.length - size < length) {
                bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + length));
            }
            literal.get(bytes, size, length);
            size += length;
        }

        @Override
        public void copy(RangeReader source, long offset, long length) {
            source.transfer(offset, length, (position, piece) -> append(piece));
        }

        @Override
        public synchronized void read(long position, ByteBuffer target) {
            target.put(bytes, (int) position, target.remaining());
        }

        @Override
        public synchronized void publish() {
            objects.put(key, Arrays.copyOf(bytes, size));
        }

        @Override
        public void close() {}
    }
}
