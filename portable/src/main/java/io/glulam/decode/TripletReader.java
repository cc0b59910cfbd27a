package io.glulam.decode;

import io.glulam.error.Place;
import io.glulam.format.Leaf;
import io.glulam.page.PageStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A column chunk as the triplets that it holds, one at a time: repetition level, definition level, value. Values are
 * bits: NaN and −0 as stored. Keeps one page, the dictionary and a batch in memory. Not thread-safe; closing closes the
 * pages.
 *
 * <p>Every failure is a {@link io.glulam.error.CorruptFile} or {@link io.glulam.error.Unsupported} with column and page.
 */
public final class TripletReader implements AutoCloseable {
    private final BatchReader batches;
    private final ColumnBatch batch;
    private final int definitionMax;
    private final boolean repeated;
    private final ByteSlice bytes = new ByteSlice();
    /** The current triplet within the batch, and the first value that is not before it. */
    private int triplet = -1;

    private int value;

    /**
     * @param pages of one column chunk, or of several one after the other if each begins with its dictionary page or
     *     none has one
     * @param createdBy the file's writer, whose known defects decide how pages are read (PARQUET-246); null if absent
     */
    public TripletReader(Leaf leaf, PageStream pages, @Nullable String createdBy) {
        this(leaf, new BatchReader(leaf, pages, createdBy));
    }

    private TripletReader(Leaf leaf, BatchReader batches) {
        this.batches = batches;
        this.batch = new ColumnBatch(leaf);
        this.definitionMax = leaf.maxDefinitionLevel();
        this.repeated = leaf.maxRepetitionLevel() > 0;
    }

    /** Reads some pages out of a column chunk, as {@link BatchReader#ofPart} does. */
    public static TripletReader ofPart(Leaf leaf, PageStream pages, @Nullable String createdBy) {
        return new TripletReader(leaf, BatchReader.ofPart(leaf, pages, createdBy));
    }

    /** Whether both are at the same triplet, bit for bit. */
    public boolean sameTriplet(TripletReader other) {
        return repetitionLevel() == other.repetitionLevel()
                && definitionLevel() == other.definitionLevel()
                && (isNull() || sameValues(other, value, other.value, 1));
    }

    /**
     * Passes over triplets that are the same in both: as many as both have decoded already, or none. Both stay at a
     * triplet.
     *
     * @return how many of them begin a row
     */
    public int skipSame(TripletReader other) {
        return skipSame(other, Integer.MAX_VALUE);
    }

    /**
     * The same for at most {@code most} triplets.
     *
     * @return how many of them begin a row
     */
    public int skipSame(TripletReader other, int most) {
        int ahead = Math.min(batch.count() - triplet, other.batch.count() - other.triplet) - 1;
        ahead = Math.min(ahead, most);
        if (ahead <= 0) {
            return 0;
        }
        int from = triplet + 1;
        int otherFrom = other.triplet + 1;
        int valuesFrom = value + (isNull() ? 0 : 1);
        int otherValuesFrom = other.value + (other.isNull() ? 0 : 1);
        boolean same = sameLevels(batch.repetitionLevels(), from, other.batch.repetitionLevels(), otherFrom, ahead)
                && sameLevels(batch.definitionLevels(), from, other.batch.definitionLevels(), otherFrom, ahead)
                && sameValues(other, valuesFrom, otherValuesFrom, valuesIn(from, ahead));
        if (!same) {
            return 0;
        }
        int rows = rowsIn(from, ahead);
        // To the last one that was compared.
        value = valuesFrom + valuesIn(from, ahead - 1);
        other.value = otherValuesFrom + valuesIn(from, ahead - 1);
        triplet += ahead;
        other.triplet += ahead;
        return rows;
    }

    private static boolean sameLevels(int[] levels, int from, int[] others, int otherFrom, int count) {
        return levels.length == 0 || Arrays.equals(levels, from, from + count, others, otherFrom, otherFrom + count);
    }

    private int valuesIn(int from, int count) {
        return definitionMax == 0 ? count : count(batch.definitionLevels(), from, count, definitionMax);
    }

    private int rowsIn(int from, int count) {
        return repeated ? count(batch.repetitionLevels(), from, count, 0) : count;
    }

    private static int count(int[] levels, int from, int count, int wanted) {
        int found = 0;
        for (int i = from; i < from + count; i++) {
            found += levels[i] == wanted ? 1 : 0;
        }
        return found;
    }

    private boolean sameValues(TripletReader other, int from, int otherFrom, int count) {
        if (!batch.holdsBytes()) {
            return Arrays.equals(
                    batch.numbers(), from, from + count, other.batch.numbers(), otherFrom, otherFrom + count);
        }
        byte[] heap = batch.heap();
        byte[] otherHeap = other.batch.heap();
        for (int i = 0; i < count; i++) {
            int start = batch.starts()[from + i];
            int otherStart = other.batch.starts()[otherFrom + i];
            int end = start + batch.lengths()[from + i];
            int otherEnd = otherStart + other.batch.lengths()[otherFrom + i];
            if (!Arrays.equals(heap, start, end, otherHeap, otherStart, otherEnd)) {
                return false;
            }
        }
        return true;
    }

    /** Moves to the next triplet; false at the end. */
    public boolean next() {
        if (triplet >= 0 && triplet < batch.count() && !isNull()) {
            value++;
        }
        triplet++;
        if (triplet >= batch.count()) {
            value = 0;
            triplet = 0;
            return batches.next(batch);
        }
        return true;
    }

    public int repetitionLevel() {
        return repeated ? batch.repetitionLevels()[triplet] : 0;
    }

    public int definitionLevel() {
        return definitionMax > 0 ? batch.definitionLevels()[triplet] : 0;
    }

    /** Whether the triplet has no value. */
    public boolean isNull() {
        return definitionLevel() < definitionMax;
    }

    /** The value's bits: INT32 and FLOAT sign-extended, BOOLEAN 0 or 1. 0 for bytes, undefined for nulls. */
    public long bits() {
        return batch.holdsBytes() ? 0 : batch.numbers()[value];
    }

    /** The value's bytes, for BYTE_ARRAY, FIXED_LEN_BYTE_ARRAY and INT96; valid until {@link #next}. */
    public ByteSlice bytes() {
        bytes.set(batch.heap(), batch.starts()[value], batch.lengths()[value]);
        return bytes;
    }

    /** The current page, for messages. */
    public Place place() {
        return batches.place();
    }

    @Override
    public void close() {
        batches.close();
    }
}
