package io.glulam.join;

import io.glulam.storage.RangeSpool;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Bytes appended one after the other and read at random: in memory up to a limit, in a {@link RangeSpool} beyond it.
 * Appending is for one thread, before reading begins; reading is thread-safe.
 */
final class TailSpool implements AutoCloseable {
    private static final int MEMORY = 1 << 20;

    private final RangeSpool.Factory spools;
    private byte[] memory = new byte[4096];
    private @Nullable RangeSpool spool;
    private long size;

    TailSpool(RangeSpool.Factory spools) {
        this.spools = spools;
    }

    /** Bytes appended so far. */
    long size() {
        return size;
    }

    void append(byte[] bytes, int from, int length) {
        RangeSpool target = spool;
        if (target == null && size + length <= MEMORY) {
            if (size + length > memory.length) {
                memory = Arrays.copyOf(memory, (int) Math.max(2L * memory.length, size + length));
            }
            System.arraycopy(bytes, from, memory, (int) size, length);
        } else {
            if (target == null) {
                target = spools.create();
                spool = target;
                target.write(0, ByteBuffer.wrap(memory, 0, (int) size));
                memory = new byte[0];
            }
            target.write(size, ByteBuffer.wrap(bytes, from, length));
        }
        size += length;
    }

    void read(long position, ByteBuffer target) {
        RangeSpool source = spool;
        if (source == null) {
            target.put(memory, (int) position, target.remaining());
        } else {
            source.read(position, target);
        }
    }

    @Override
    public void close() {
        RangeSpool known = spool;
        if (known != null) {
            known.close();
        }
    }
}
