package io.glulam.recode;

import io.glulam.decode.ColumnBatch;
import io.glulam.format.Leaf;
import io.glulam.format.LittleEndian;
import io.glulam.page.ByteStrings;
import java.util.Arrays;

/**
 * The triplets of the page that is being put together. Values are either indices into a dictionary or, without one,
 * numbers or bytes, which lie as in encoding PLAIN. Reused from page to page. Not thread-safe.
 */
final class PageBuffer {
    private static final int INITIAL = 1 << 12;

    private final boolean repeated;
    private final boolean optional;
    private final boolean holdsBytes;
    /** Bytes in front of a value: its length where that varies. */
    private final int prefix;

    private int[] repetitionLevels = {};
    private int[] definitionLevels = {};
    private int[] indices = {};
    private long[] numbers = {};
    private byte[] heap = {};
    private int[] ends = {};
    private boolean indexed;
    private int count;
    private int rows;
    private int values;
    private int heapSize;
    private long plainBytes;

    /** A page without triplets. */
    PageBuffer() {
        this.repeated = false;
        this.optional = false;
        this.holdsBytes = false;
        this.prefix = 0;
    }

    PageBuffer(Leaf leaf) {
        this.repeated = leaf.maxRepetitionLevel() > 0;
        this.optional = leaf.maxDefinitionLevel() > 0;
        this.holdsBytes = ColumnBatch.holdsBytes(leaf.type());
        this.prefix = leaf.valueWidth() < 0 ? Integer.BYTES : 0;
    }

    /** Begins a page, of indices or of values. */
    void clear(boolean ofIndices) {
        indexed = ofIndices;
        count = 0;
        rows = 0;
        values = 0;
        heapSize = 0;
        plainBytes = 0;
    }

    /** Triplets. */
    int count() {
        return count;
    }

    int rows() {
        return rows;
    }

    /** Triplets that have a value. */
    int values() {
        return values;
    }

    /** Bytes of the values in encoding PLAIN. */
    long plainBytes() {
        return plainBytes;
    }

    /** Whether the values are {@link #indices}. */
    boolean isIndexed() {
        return indexed;
    }

    int[] repetitionLevels() {
        return repetitionLevels;
    }

    int[] definitionLevels() {
        return definitionLevels;
    }

    int[] indices() {
        return indices;
    }

    long[] numbers() {
        return numbers;
    }

    /** The values' bytes in encoding PLAIN: one after the other, those of BYTE_ARRAY after their lengths. */
    byte[] heap() {
        return heap;
    }

    /** Bytes of the {@link #heap} that count. */
    int heapSize() {
        return heapSize;
    }

    /** Where in the {@link #heap} each value ends. */
    int[] ends() {
        return ends;
    }

    /** Appends the levels of a stretch of a batch. */
    void appendLevels(ColumnBatch batch, int from, int length, int rowCount, long plainSize) {
        if (repeated) {
            repetitionLevels = grown(repetitionLevels, count, length);
            System.arraycopy(batch.repetitionLevels(), from, repetitionLevels, count, length);
        }
        if (optional) {
            definitionLevels = grown(definitionLevels, count, length);
            System.arraycopy(batch.definitionLevels(), from, definitionLevels, count, length);
        }
        count += length;
        rows += rowCount;
        plainBytes += plainSize;
    }

    /** Room for {@code length} more indices, which are counted by {@link #appended}. */
    int[] reserveIndices(int length) {
        indices = grown(indices, values, length);
        return indices;
    }

    /** Counts indices that were written after those before. */
    void appended(int length) {
        values += length;
    }

    /** Appends values of a batch. */
    void appendValues(ColumnBatch batch, int from, int length) {
        if (length == 0) {
            return;
        }
        if (holdsBytes) {
            appendBytes(batch, from, length);
        } else {
            numbers = grown(numbers, values, length);
            System.arraycopy(batch.numbers(), from, numbers, values, length);
        }
        values += length;
    }

    private void appendBytes(ColumnBatch batch, int from, int length) {
        int[] starts = batch.starts();
        int[] lengths = batch.lengths();
        ends = grown(ends, values, length);
        if (batch.isPlain()) {
            int first = starts[from] - prefix;
            int last = from + length - 1;
            int size = starts[last] + lengths[last] - first;
            heap = grown(heap, heapSize, size);
            System.arraycopy(batch.heap(), first, heap, heapSize, size);
            int shift = heapSize - first;
            for (int i = 0; i < length; i++) {
                ends[values + i] = starts[from + i] + lengths[from + i] + shift;
            }
            heapSize += size;
            return;
        }
        long size = (long) length * prefix;
        for (int i = from; i < from + length; i++) {
            size += lengths[i];
        }
        heap = grown(heap, heapSize, Math.toIntExact(size));
        byte[] source = batch.heap();
        int at = heapSize;
        for (int i = 0; i < length; i++) {
            int valueLength = lengths[from + i];
            if (prefix > 0) {
                LittleEndian.setInt(heap, at, valueLength);
            }
            ByteStrings.copy(source, starts[from + i], heap, at + prefix, valueLength);
            at += prefix + valueLength;
            ends[values + i] = at;
        }
        heapSize = at;
    }

    /** Replaces the indices by the numbers that they stand for. */
    void expand(long[] entries) {
        numbers = grown(numbers, 0, values);
        for (int i = 0; i < values; i++) {
            numbers[i] = entries[indices[i]];
        }
        indexed = false;
    }

    /** Replaces the indices by the bytes that they stand for, which lie as here. */
    void expand(byte[] arena, int[] entryEnds) {
        ends = grown(ends, 0, values);
        int at = 0;
        for (int i = 0; i < values; i++) {
            int index = indices[i];
            int start = index == 0 ? 0 : entryEnds[index - 1];
            int length = entryEnds[index] - start;
            heap = grown(heap, at, length);
            ByteStrings.copy(arena, start, heap, at, length);
            at += length;
            ends[i] = at;
        }
        heapSize = at;
        indexed = false;
    }

    private static int[] grown(int[] array, int used, int more) {
        int needed = Math.addExact(used, more);
        return needed <= array.length ? array : Arrays.copyOf(array, larger(array.length, needed));
    }

    private static long[] grown(long[] array, int used, int more) {
        int needed = Math.addExact(used, more);
        return needed <= array.length ? array : Arrays.copyOf(array, larger(array.length, needed));
    }

    private static byte[] grown(byte[] array, int used, int more) {
        int needed = Math.addExact(used, more);
        return needed <= array.length ? array : Arrays.copyOf(array, larger(array.length, needed));
    }

    private static int larger(int length, int needed) {
        return Math.max(Math.max(INITIAL, needed), (int) Math.min(Integer.MAX_VALUE - 8, length * 3L / 2));
    }
}
