package io.glulam.execute;

import io.glulam.error.Place;
import io.glulam.error.StorageFailed;
import io.glulam.error.Unsupported;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Where fetched bytes lie, each at its position in the object. Reading and writing different ranges is thread-safe. */
abstract sealed class StagingSpool implements AutoCloseable {
    /** Makes room for a range before it is written; ranges do not overlap. */
    abstract void reserve(long position, long length);

    abstract void write(long position, ByteBuffer bytes);

    /** Fills {@code target} with bytes that were written. */
    abstract void read(long position, ByteBuffer target);

    @Override
    public abstract void close();

    /**
     * A temporary file that goes with the spool.
     *
     * @param folder where; null for the system's
     */
    static StagingSpool onDisk(@Nullable Path folder) {
        return new Disk(folder);
    }

    /** @param limit bytes that it may hold */
    static StagingSpool inMemory(long limit) {
        return new Memory(limit);
    }

    /** A sparse file: every byte lies where it lies in the object. */
    private static final class Disk extends StagingSpool {
        private final @Nullable Path folder;
        private @Nullable FileChannel file;

        Disk(@Nullable Path folder) {
            this.folder = folder;
        }

        @Override
        synchronized void reserve(long position, long length) {
            if (file != null) {
                return;
            }
            try {
                Path path = folder == null
                        ? Files.createTempFile("glulam-", ".staged")
                        : Files.createTempFile(folder, "glulam-", ".staged");
                file = FileChannel.open(
                        path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
            } catch (IOException e) {
                throw failed("create", e);
            }
        }

        private synchronized FileChannel file() {
            if (file == null) {
                throw new IllegalStateException("nothing was reserved");
            }
            return file;
        }

        @Override
        void write(long position, ByteBuffer bytes) {
            long at = position;
            try {
                while (bytes.hasRemaining()) {
                    at += file().write(bytes, at);
                }
            } catch (IOException e) {
                throw failed("write", e);
            }
        }

        @Override
        void read(long position, ByteBuffer target) {
            long at = position;
            try {
                while (target.hasRemaining()) {
                    int count = file().read(target, at);
                    if (count < 0) {
                        throw new IOException("it ends early");
                    }
                    at += count;
                }
            } catch (IOException e) {
                throw failed("read", e);
            }
        }

        @Override
        public synchronized void close() {
            if (file != null) {
                try {
                    file.close();
                } catch (IOException e) {
                    throw failed("close", e);
                }
            }
        }

        private static StorageFailed failed(String action, IOException cause) {
            return new StorageFailed(
                    Place.UNKNOWN,
                    "cannot " + action + " a temporary file: " + cause.getMessage(),
                    "name another folder with --tmp-dir",
                    false,
                    cause);
        }
    }

    /** Blocks on the heap. */
    private static final class Memory extends StagingSpool {
        /** Small, so that no block is hard to place in a small heap. */
        private static final int BLOCK = 256 << 10;

        private final long limit;
        private final TreeMap<Long, byte[]> blocks = new TreeMap<>();
        private long held;

        Memory(long limit) {
            this.limit = limit;
        }

        @Override
        synchronized void reserve(long position, long length) {
            if (held + length > limit) {
                throw new Unsupported(
                        Place.UNKNOWN,
                        "what has to be read takes " + (held + length) + " bytes, " + limit + " may be held in memory",
                        "use --spool disk, or allow more with --memory");
            }
            held += length;
            for (long done = 0; done < length; done += BLOCK) {
                blocks.put(position + done, new byte[(int) Math.min(BLOCK, length - done)]);
            }
        }

        @Override
        void write(long position, ByteBuffer bytes) {
            long at = position;
            while (bytes.hasRemaining()) {
                ByteBuffer block = blockAt(at);
                int count = Math.min(block.remaining(), bytes.remaining());
                block.put(block.position(), bytes, bytes.position(), count);
                bytes.position(bytes.position() + count);
                at += count;
            }
        }

        @Override
        void read(long position, ByteBuffer target) {
            long at = position;
            while (target.hasRemaining()) {
                ByteBuffer block = blockAt(at);
                block.limit(block.position() + Math.min(block.remaining(), target.remaining()));
                at += block.remaining();
                target.put(block);
            }
        }

        private synchronized ByteBuffer blockAt(long position) {
            var entry = blocks.floorEntry(position);
            if (entry == null || position - entry.getKey() >= entry.getValue().length) {
                throw new IllegalStateException("nothing was reserved at " + position);
            }
            return ByteBuffer.wrap(entry.getValue()).position((int) (position - entry.getKey()));
        }

        @Override
        public synchronized void close() {
            blocks.clear();
        }
    }
}
