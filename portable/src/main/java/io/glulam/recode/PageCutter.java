package io.glulam.recode;

import io.glulam.decode.ColumnBatch;
import io.glulam.format.Leaf;
import io.glulam.format.PhysicalType;

/**
 * Says how much of a batch still goes on the page that is being put together. Pages begin with a row and end at the first
 * row border at which they are full. Where the batches end makes no difference.
 */
final class PageCutter {
    /** Values are kept as numbers of 64 bits, however small: more than a page of any use. */
    private static final int MOST_TRIPLETS = 1 << 18;

    private final boolean repeated;
    private final int definitionMax;
    private final int width;
    private final boolean isBoolean;
    private final int pageBytes;
    private final int pageRows;

    /** The stretch of the batch that was measured last. */
    private int triplets;

    private int values;
    private int rows;
    private long plainBytes;

    PageCutter(Leaf leaf, RecodeSettings settings) {
        this.repeated = leaf.maxRepetitionLevel() > 0;
        this.definitionMax = leaf.maxDefinitionLevel();
        this.width = leaf.valueWidth();
        this.isBoolean = leaf.type() == PhysicalType.BOOLEAN;
        this.pageBytes = settings.pageBytes();
        this.pageRows = settings.pageRows();
    }

    /** Whether the page ends before the triplet at {@code from}. */
    boolean endsBefore(PageBuffer page, ColumnBatch batch, int from) {
        return (!repeated || batch.repetitionLevels()[from] == 0)
                && isFull(page.rows(), page.count(), sizeOf(page.plainBytes(), page.values()));
    }

    /** A page without rows is never full. */
    private boolean isFull(int rowCount, int count, long size) {
        return rowCount > 0 && (rowCount >= pageRows || size >= pageBytes || count >= MOST_TRIPLETS);
    }

    private long sizeOf(long bytes, int valueCount) {
        return isBoolean ? valueCount + 7L >>> 3 : bytes;
    }

    /**
     * Measures how many of the {@code length} triplets from {@code from} on go on the page, whose first one does.
     *
     * @param valuesFrom the first value that is not before them
     */
    void measure(PageBuffer page, ColumnBatch batch, int from, int valuesFrom, int length) {
        if (repeated) {
            measureRepeated(page, batch, from, valuesFrom, length);
            return;
        }
        int most = Math.min(length, Math.min(pageRows - page.rows(), MOST_TRIPLETS - page.count()));
        if (width < 0) {
            measureVariable(page, batch, from, valuesFrom, most);
            return;
        }
        if (isBoolean) {
            // Full with the first value in its last byte.
            most = (int) Math.min(most, (pageBytes - 1L) * Byte.SIZE + 1 - page.values());
        } else if (width > 0) {
            most = (int) Math.min(most, (pageBytes - page.plainBytes() + width - 1) / width);
        }
        triplets = Math.max(1, most);
        rows = triplets;
        values = valuesIn(batch, from, triplets);
        plainBytes = (long) values * width;
    }

    private int valuesIn(ColumnBatch batch, int from, int length) {
        if (definitionMax == 0) {
            return length;
        }
        int[] levels = batch.definitionLevels();
        int found = 0;
        for (int i = from; i < from + length; i++) {
            found += levels[i] == definitionMax ? 1 : 0;
        }
        return found;
    }

    private void measureVariable(PageBuffer page, ColumnBatch batch, int from, int valuesFrom, int most) {
        int[] lengths = batch.lengths();
        int[] levels = batch.definitionLevels();
        long room = pageBytes - page.plainBytes();
        long size = 0;
        int value = valuesFrom;
        int i = from;
        for (; i < from + most && (size < room || i == from); i++) {
            if (definitionMax == 0 || levels[i] == definitionMax) {
                size += Integer.BYTES + (long) lengths[value++];
            }
        }
        set(i - from, value - valuesFrom, i - from, size);
    }

    private void measureRepeated(PageBuffer page, ColumnBatch batch, int from, int valuesFrom, int length) {
        int[] repetition = batch.repetitionLevels();
        int[] definition = batch.definitionLevels();
        int[] lengths = width < 0 ? batch.lengths() : repetition;
        long size = 0;
        int value = valuesFrom;
        int rowCount = 0;
        int i = from;
        for (; i < from + length; i++) {
            if (repetition[i] == 0) {
                int pageValues = page.values() + value - valuesFrom;
                if (i > from
                        && isFull(
                                page.rows() + rowCount,
                                page.count() + i - from,
                                sizeOf(page.plainBytes() + size, pageValues))) {
                    break;
                }
                rowCount++;
            }
            if (definition[i] == definitionMax) {
                size += width < 0 ? Integer.BYTES + (long) lengths[value] : width;
                value++;
            }
        }
        set(i - from, value - valuesFrom, rowCount, size);
    }

    private void set(int tripletCount, int valueCount, int rowCount, long size) {
        triplets = tripletCount;
        values = valueCount;
        rows = rowCount;
        plainBytes = size;
    }

    /** Triplets of the stretch measured; at least 1. */
    int triplets() {
        return triplets;
    }

    /** Those of them that have a value. */
    int values() {
        return values;
    }

    /** Those of them that begin a row. */
    int rows() {
        return rows;
    }

    /** Bytes of their values in encoding PLAIN; 0 for BOOLEAN. */
    long plainBytes() {
        return plainBytes;
    }
}
