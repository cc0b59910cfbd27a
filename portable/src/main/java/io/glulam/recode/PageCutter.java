package io.glulam.recode;

import io.glulam.decode.ColumnBatch;
import io.glulam.format.Leaf;
import io.glulam.format.PhysicalType;

/**
 * Says how much of a batch still goes on the page that is being put together. Pages begin with a row and end at the first
 * row border at which they are full. Where the batches end makes no difference. Immutable.
 */
final class PageCutter {
    /** Values are kept as numbers of 64 bits, however small: more than a page of any use. */
    static final int MAX_TRIPLETS = 1 << 18;

    private final boolean repeated;
    private final int definitionMax;
    private final int width;
    private final boolean isBoolean;
    private final int pageBytes;
    private final int pageRows;

    /**
     * A stretch of a batch that goes on the page.
     *
     * @param triplets at least 1
     * @param values of these triplets, the ones that have a value
     * @param rows of these triplets, the ones that begin a row
     * @param plainBytes bytes of the values in encoding PLAIN; 0 for BOOLEAN
     */
    record Stretch(int triplets, int values, int rows, long plainBytes) {}

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
        return rowCount > 0 && (rowCount >= pageRows || size >= pageBytes || count >= MAX_TRIPLETS);
    }

    private long sizeOf(long bytes, int valueCount) {
        return isBoolean ? valueCount + 7L >>> 3 : bytes;
    }

    /**
     * Returns how many of the {@code length} triplets from {@code from} on go on the page, whose first one does.
     *
     * @param valuesFrom the first value that is not before them
     */
    Stretch measure(PageBuffer page, ColumnBatch batch, int from, int valuesFrom, int length) {
        if (repeated) {
            return measureRepeated(page, batch, from, valuesFrom, length);
        }
        int most = Math.min(length, Math.min(pageRows - page.rows(), MAX_TRIPLETS - page.count()));
        if (width < 0) {
            return measureVariable(page, batch, from, valuesFrom, most);
        }
        if (isBoolean) {
            // Full with the first value in its last byte.
            most = (int) Math.min(most, (pageBytes - 1L) * Byte.SIZE + 1 - page.values());
        } else if (width > 0) {
            most = (int) Math.min(most, (pageBytes - page.plainBytes() + width - 1) / width);
        }
        int triplets = Math.max(1, most);
        int values = valuesIn(batch, from, triplets);
        return new Stretch(triplets, values, triplets, (long) values * width);
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

    private Stretch measureVariable(PageBuffer page, ColumnBatch batch, int from, int valuesFrom, int most) {
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
        return new Stretch(i - from, value - valuesFrom, i - from, size);
    }

    private Stretch measureRepeated(PageBuffer page, ColumnBatch batch, int from, int valuesFrom, int length) {
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
        return new Stretch(i - from, value - valuesFrom, rowCount, size);
    }
}
