package io.glulam.source;

import io.glulam.page.ByteSource;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Short column chunks of one column, each read whole when the first of its bytes is wanted: their headers, dictionaries and
 * pages are asked for one after the other, and a read costs more than the bytes of a short chunk. Thread-safe.
 */
final class HeldChunks {
    /** Bytes of a chunk that are read at once. */
    private static final long MAX_CHUNK = 16 << 10;

    /** Bytes of all chunks that are held. */
    private static final long MAX_HELD = 1 << 20;

    private final ByteSource source;
    private final long[] starts;
    private final long[] ends;
    /** Of no bytes until they are read. */
    private final byte[][] chunks;

    private HeldChunks(ByteSource source, long[] starts, long[] ends) {
        this.source = source;
        this.starts = starts;
        this.ends = ends;
        this.chunks = new byte[starts.length][0];
    }

    /** Returns those fragments' chunks, which are read from {@code source}; null where they are too long to be held. */
    static @Nullable HeldChunks of(ByteSource source, List<Fragment> fragments) {
        long[] starts = new long[fragments.size()];
        long[] ends = new long[fragments.size()];
        long held = 0;
        for (int i = 0; i < starts.length; i++) {
            starts[i] = fragments.get(i).chunk().start();
            long length = fragments.get(i).chunk().compressedSize();
            held += length;
            boolean follows = i == 0 || starts[i] >= ends[i - 1];
            if (!follows || length > MAX_CHUNK || held > MAX_HELD || length > source.size() - starts[i]) {
                return null;
            }
            ends[i] = starts[i] + length;
        }
        return new HeldChunks(source, starts, ends);
    }

    /** Bytes that are held once all of them are read. */
    long bytes() {
        long sum = 0;
        for (int i = 0; i < starts.length; i++) {
            sum += ends[i] - starts[i];
        }
        return sum;
    }

    /** Fills a part of {@code target} with the bytes from {@code position} on if they all lie in one chunk. */
    boolean read(long position, byte[] target, int from, int length) {
        int found = Arrays.binarySearch(starts, position);
        int chunk = found >= 0 ? found : -found - 2;
        if (chunk < 0 || position + length > ends[chunk]) {
            return false;
        }
        System.arraycopy(bytes(chunk), (int) (position - starts[chunk]), target, from, length);
        return true;
    }

    private synchronized byte[] bytes(int chunk) {
        byte[] held = chunks[chunk];
        if (held.length == 0) {
            held = new byte[(int) (ends[chunk] - starts[chunk])];
            source.read(starts[chunk], held, 0, held.length);
            chunks[chunk] = held;
        }
        return held;
    }
}
