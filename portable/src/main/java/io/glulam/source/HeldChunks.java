package io.glulam.source;

import io.glulam.format.ColumnChunk;
import io.glulam.page.ByteSource;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Short column chunks, read whole when the first of their bytes is wanted: their headers, dictionaries and pages are asked for
 * one after the other, and a read costs more than the bytes of a short chunk. They are those of one column, or of some
 * neighbouring columns, whose chunks lie side by side in each row group and are read together. Where one column has more than is
 * to be held, what was read first is let go, and read again if it is wanted again. Thread-safe.
 */
final class HeldChunks {
    /** Bytes of a chunk that are read at once. */
    private static final long MAX_CHUNK = 16 << 10;

    /** Bytes of all chunks that are held. */
    private static final long MAX_HELD = 1 << 20;

    private static final byte[] NOT_HELD = {};

    private final ByteSource source;
    private final int columns;
    /** Where what is read at once begins and ends: a chunk, or neighbouring ones. */
    private final long[] starts;

    private final long[] ends;
    /** Of no bytes while they are not held. */
    private final byte[][] chunks;

    private final ArrayDeque<Integer> inOrder = new ArrayDeque<>();
    private long held;

    private HeldChunks(ByteSource source, int columns, long[] starts, long[] ends) {
        this.source = source;
        this.columns = columns;
        this.starts = starts;
        this.ends = ends;
        this.chunks = new byte[starts.length][];
        Arrays.fill(chunks, NOT_HELD);
    }

    /**
     * Returns the chunks of one column or of neighbouring columns, which are read from {@code source}; null where they are too
     * long to be held, or do not lie in their order.
     *
     * @param entries of the chunks: column by column, of each as many
     */
    static @Nullable HeldChunks of(ByteSource source, int columns, List<ColumnChunk> entries) {
        int rowGroups = entries.size() / columns;
        long[] starts = new long[rowGroups];
        long[] ends = new long[rowGroups];
        long all = 0;
        // Of a chunk without one, not more than two reads are spared.
        boolean dictionaries = columns == 1;
        for (int i = 0; i < rowGroups; i++) {
            starts[i] = entries.get(i).start();
            ends[i] = starts[i];
            for (int column = 0; column < columns; column++) {
                ColumnChunk chunk = entries.get(column * rowGroups + i);
                if (chunk.start() != ends[i] || chunk.compressedSize() > MAX_CHUNK) {
                    return null;
                }
                ends[i] += chunk.compressedSize();
                dictionaries &= chunk.dictionaryPageOffset() > 0;
            }
            all += ends[i] - starts[i];
            boolean follows = i == 0 || starts[i] >= ends[i - 1];
            if (!follows || all > MAX_HELD && !dictionaries || ends[i] > source.size()) {
                return null;
            }
        }
        return new HeldChunks(source, columns, starts, ends);
    }

    /** Bytes that are held at most: of several columns, the share of one. */
    long bytes() {
        long all = 0;
        for (int i = 0; i < starts.length; i++) {
            all += ends[i] - starts[i];
        }
        return Math.min(all, MAX_HELD) / columns;
    }

    /** Fills a part of {@code target} with the bytes from {@code position} on if they all lie in what is read at once. */
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
        byte[] bytes = chunks[chunk];
        if (bytes.length == 0) {
            bytes = new byte[(int) (ends[chunk] - starts[chunk])];
            source.read(starts[chunk], bytes, 0, bytes.length);
            hold(chunk, bytes);
        }
        return bytes;
    }

    private void hold(int chunk, byte[] bytes) {
        held += bytes.length;
        while (held > MAX_HELD && !inOrder.isEmpty()) {
            int first = inOrder.remove();
            held -= chunks[first].length;
            chunks[first] = NOT_HELD;
        }
        inOrder.add(chunk);
        chunks[chunk] = bytes;
    }
}
