package io.glulam.storage;

import io.glulam.error.Place;
import io.glulam.error.Remedy;
import io.glulam.error.StorageFailed;
import io.glulam.error.Unsupported;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where bytes of an object lie meanwhile, each under its position in the object; what was not written takes no room.
 * Reading and writing different ranges is thread-safe.
 */
public abstract sealed class RangeSpool implements AutoCloseable {
    /** Makes spools when they are needed. */
    @FunctionalInterface
    public interface Factory {
        /** A new, empty spool. */
        RangeSpool create();
    }

    /** Keeps bytes. */
    public abstract void write(long position, ByteBuffer bytes);

    /** Fills {@code target} with bytes that were written. */
    public abstract void read(long position, ByteBuffer target);

    /** Removes everything. */
    @Override
    public abstract void close();

    /**
     * A sparse temporary file, made when the first byte comes and gone with the spool or the process.
     *
     * @param folder where; null for the system's
     */
    public static RangeSpool onDisk(@Nullable Path folder) {
        return new Disk(folder);
    }

    /**
     * Blocks of the heap.
     *
     * @param limit bytes that they may take; what goes beyond is refused
     */
    public static RangeSpool inMemory(long limit) {
        return new Memory(limit);
    }

    private static final class Disk extends RangeSpool {
        private final @Nullable Path folder;
        private volatile @Nullable FileChannel file;

        Disk(@Nullable Path folder) {
            this.folder = folder;
        }

        private synchronized FileChannel file() throws IOException {
            FileChannel known = file;
            if (known == null) {
                known = UnnamedFile.create(folder);
                file = known;
            }
            return known;
        }

        @Override
        public void write(long position, ByteBuffer bytes) {
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
        public void read(long position, ByteBuffer target) {
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
            FileChannel known = file;
            if (known != null) {
                try {
                    known.close();
                } catch (IOException e) {
                    throw failed("close", e);
                }
            }
        }

        private static StorageFailed failed(String action, IOException cause) {
            String reason = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
            return new StorageFailed(
                    Place.UNKNOWN,
                    "cannot " + action + " a temporary file: " + reason,
                    Remedy.MORE_SPACE.text(),
                    false,
                    cause);
        }
    }

    private static final class Memory extends RangeSpool {
        /** Small, so that no block is hard to place in a small heap. */
        private static final int BLOCK = 256 << 10;

        private final long limit;
        private final Map<Long, byte[]> blocks = new HashMap<>();

        Memory(long limit) {
            this.limit = limit;
        }

        @Override
        public void write(long position, ByteBuffer bytes) {
            long at = position;
            while (bytes.hasRemaining()) {
                int within = (int) (at % BLOCK);
                int count = Math.min(BLOCK - within, bytes.remaining());
                bytes.get(block(at / BLOCK), within, count);
                at += count;
            }
        }

        private synchronized byte[] block(long number) {
            return blocks.computeIfAbsent(number, absent -> {
                if ((blocks.size() + 1L) * BLOCK > limit) {
                    throw new Unsupported(
                            Place.UNKNOWN,
                            "more than " + limit + " bytes would have to be held in memory",
                            Remedy.MORE_MEMORY_OR_DISK.text());
                }
                return new byte[BLOCK];
            });
        }

        @Override
        public void read(long position, ByteBuffer target) {
            long at = position;
            while (target.hasRemaining()) {
                int within = (int) (at % BLOCK);
                int count = Math.min(BLOCK - within, target.remaining());
                target.put(known(at / BLOCK), within, count);
                at += count;
            }
        }

        private synchronized byte[] known(long number) {
            byte[] block = blocks.get(number);
            if (block == null) {
                throw new IllegalStateException("nothing was written there");
            }
            return block;
        }

        @Override
        public synchronized void close() {
            blocks.clear();
        }
    }
}
