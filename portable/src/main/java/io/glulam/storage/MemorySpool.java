package io.glulam.storage;

import io.glulam.error.Place;
import io.glulam.error.Remedy;
import io.glulam.error.Unsupported;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/** A spool in blocks of the heap. */
public final class MemorySpool implements RangeSpool {
    /** Small, so that no block is hard to place in a small heap. */
    private static final int BLOCK = 256 << 10;

    private final long limit;
    private final Map<Long, byte[]> blocks = new HashMap<>();

    /** @param limit bytes that the blocks may take; what goes beyond is refused */
    public MemorySpool(long limit) {
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
