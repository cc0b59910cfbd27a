package io.glulam.recode;

import io.glulam.page.BitWidth;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.values.rle.RunLengthBitPackingHybridEncoder;
import org.jspecify.annotations.Nullable;

/** Encodes one kind of levels, page by page, and counts them. */
final class LevelWriter implements AutoCloseable {
    private static final int INITIAL = 64;
    private static final int SLAB = 64 << 10;

    private final @Nullable RunLengthBitPackingHybridEncoder encoder;
    private final boolean prefixed;
    private final long[] total;
    private long[] page;

    LevelWriter(int maxLevel, int pageVersion) {
        this.encoder = maxLevel == 0
                ? null
                : new RunLengthBitPackingHybridEncoder(
                        BitWidth.of(maxLevel), INITIAL, SLAB, HeapByteBufferAllocator.getInstance());
        this.prefixed = pageVersion == 1;
        this.total = new long[maxLevel == 0 ? 0 : maxLevel + 1];
        this.page = new long[total.length];
    }

    void write(int level) {
        if (encoder == null) {
            return;
        }
        page[level]++;
        try {
            encoder.writeInt(level);
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
    }

    /** The page's levels in the form of its version. */
    BytesInput toBytes() {
        if (encoder == null) {
            return BytesInput.empty();
        }
        try {
            BytesInput runs = encoder.toBytes();
            return prefixed ? BytesInput.concat(BytesInput.fromInt(Math.toIntExact(runs.size())), runs) : runs;
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
    }

    /** Values per level of the page, which ends here. */
    long[] takeHistogram() {
        long[] histogram = page;
        page = new long[total.length];
        for (int level = 0; level < total.length; level++) {
            total[level] += histogram[level];
        }
        if (encoder != null) {
            encoder.reset();
        }
        return histogram;
    }

    /** Values per level of all pages ended. */
    long[] totalHistogram() {
        return total.clone();
    }

    @Override
    public void close() {
        if (encoder != null) {
            encoder.close();
        }
    }
}
