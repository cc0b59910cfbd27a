package io.glulam.pipeline;

import io.glulam.page.ByteArrayBuilder;
import io.glulam.page.ByteSource;
import io.glulam.storage.RangeSpool;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that are needed again before they are written: in memory up to a limit, beyond it where the platform keeps what
 * does not fit. Appending is for one thread, before others read; reading is thread-safe.
 */
public final class Spool implements ByteSource, AutoCloseable {
    private static final int READ = 256 << 10;

    private final int memoryLimit;
    private final RangeSpool.Factory overflows;
    private ByteArrayBuilder memory = new ByteArrayBuilder(1 << 12);
    private @Nullable RangeSpool overflow;
    private long size;

    /** @param overflows makes the place for everything once it is more than {@code memoryLimit} bytes */
    public Spool(int memoryLimit, RangeSpool.Factory overflows) {
        this.memoryLimit = memoryLimit;
        this.overflows = overflows;
    }

    /** Appends {@code length} bytes. */
    public void append(byte[] bytes, int from, int length) {
        RangeSpool place = overflow;
        if (place == null && memory.size() + (long) length <= memoryLimit) {
            memory.append(bytes, from, length);
        } else {
            if (place == null) {
                place = overflows.create();
                overflow = place;
                place.write(0, ByteBuffer.wrap(memory.array(), 0, memory.size()));
                memory = new ByteArrayBuilder(0);
            }
            place.write(size, ByteBuffer.wrap(bytes, from, length));
        }
        size += length;
    }

    /** Hands over all bytes, in order. */
    public void writeTo(Consumer<ByteBuffer> out) {
        if (overflow == null) {
            out.accept(ByteBuffer.wrap(memory.array(), 0, memory.size()));
            return;
        }
        byte[] buffer = new byte[READ];
        for (long at = 0; at < size; at += READ) {
            int length = (int) Math.min(READ, size - at);
            read(at, buffer, 0, length);
            out.accept(ByteBuffer.wrap(buffer, 0, length));
        }
    }

    @Override
    public String name() {
        return "temporary file";
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public void read(long position, byte[] target, int from, int length) {
        RangeSpool place = overflow;
        if (place == null) {
            System.arraycopy(memory.array(), Math.toIntExact(position), target, from, length);
        } else {
            place.read(position, ByteBuffer.wrap(target, from, length));
        }
    }

    /** Fills {@code target} from {@code position} on. */
    public void read(long position, ByteBuffer target) {
        RangeSpool place = overflow;
        if (place == null) {
            target.put(memory.array(), Math.toIntExact(position), target.remaining());
        } else {
            place.read(position, target);
        }
    }

    @Override
    public void close() {
        RangeSpool place = overflow;
        if (place != null) {
            place.close();
        }
    }
}
