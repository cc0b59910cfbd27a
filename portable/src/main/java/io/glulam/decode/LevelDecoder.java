package io.glulam.decode;

import io.glulam.error.CorruptFile;
import io.glulam.error.Place;
import io.glulam.format.Encoding;
import io.glulam.format.Leaf;
import io.glulam.page.BitWidth;
import io.glulam.page.PageSections;
import io.glulam.page.PageStream;
import java.util.Arrays;

/** The levels of a column's pages, checked and counted. Those that a batch gave back come first again. */
final class LevelDecoder {
    private final int repetitionMax;
    private final int definitionMax;
    private SmallNumberDecoder repetition = SmallNumberDecoder.ZEROES;
    private SmallNumberDecoder definition = SmallNumberDecoder.ZEROES;
    private int[] keptRepetition = {};
    private int[] keptDefinition = {};
    private int kept;
    /** Triplets that were read last, and how many of them have a value. */
    private int lastCount;

    private int lastValues;
    private boolean started;

    /** @param beginsAtRow whether the first level has to begin a row */
    LevelDecoder(Leaf leaf, boolean beginsAtRow) {
        this.repetitionMax = leaf.maxRepetitionLevel();
        this.definitionMax = leaf.maxDefinitionLevel();
        this.started = !beginsAtRow;
    }

    /** Goes on with a page; all levels of the one before have been read. */
    void open(PageStream.Page page, PageSections parts) {
        repetition = decoder(
                page.header().levels().repetitionEncoding(),
                repetitionMax,
                page.body(),
                parts.repetitionFrom(),
                parts.repetitionLength());
        definition = decoder(
                page.header().levels().definitionEncoding(),
                definitionMax,
                page.body(),
                parts.definitionFrom(),
                parts.definitionLength());
    }

    private static SmallNumberDecoder decoder(int encoding, int max, byte[] body, int from, int length) {
        if (max == 0) {
            return SmallNumberDecoder.ZEROES;
        }
        int width = BitWidth.of(max);
        return encoding == Encoding.BIT_PACKED.value()
                ? new BitPackedDecoder(body, from, from + length, width)
                : new HybridNumberDecoder(body, from, from + length, width);
    }

    /** Reads the levels of the next {@code count} triplets into {@code batch}. */
    void read(ColumnBatch batch, int count) {
        int first = kept;
        kept = 0;
        if (repetitionMax > 0) {
            System.arraycopy(keptRepetition, 0, batch.repetitionLevels(), 0, first);
            repetition.read(batch.repetitionLevels(), first, count - first);
            checked(batch.repetitionLevels(), count, repetitionMax);
        }
        if (definitionMax > 0) {
            System.arraycopy(keptDefinition, 0, batch.definitionLevels(), 0, first);
            definition.read(batch.definitionLevels(), first, count - first);
            lastValues = checked(batch.definitionLevels(), count, definitionMax);
            lastCount = count;
        }
        if (!started) {
            started = true;
            if (repetitionMax > 0 && batch.repetitionLevels()[0] != 0) {
                throw ValueDecoder.corrupt("a column chunk that begins within a row");
            }
        }
    }

    /** Checks levels; how many are the highest. */
    private static int checked(int[] levels, int count, int max) {
        int outside = 0;
        int highest = 0;
        for (int i = 0; i < count; i++) {
            // Negative if the level is, or is past the highest.
            int below = max - levels[i];
            outside |= levels[i] | below;
            highest += below == 0 ? 1 : 0;
        }
        if (outside < 0) {
            throw new CorruptFile(Place.UNKNOWN, "a level out of range; the column's maximum is " + max);
        }
        return highest;
    }

    /** How many of the first {@code count} triplets have a value. */
    int valuesOf(ColumnBatch batch, int count) {
        if (definitionMax == 0) {
            return count;
        }
        return count == lastCount ? lastValues : count(batch.definitionLevels(), count, definitionMax);
    }

    /** How many of the first {@code count} triplets begin a row. */
    int rowsOf(ColumnBatch batch, int count) {
        return repetitionMax == 0 ? count : count(batch.repetitionLevels(), count, 0);
    }

    private static int count(int[] levels, int count, int wanted) {
        int found = 0;
        for (int i = 0; i < count; i++) {
            found += levels[i] == wanted ? 1 : 0;
        }
        return found;
    }

    /** Keeps the triplets after the {@code values}th value for the next call; how many are left. */
    int giveBack(ColumnBatch batch, int count, int values) {
        int stay = 0;
        for (int found = 0; stay < count; stay++) {
            if (definitionMax == 0 || batch.definitionLevels()[stay] == definitionMax) {
                if (found == values) {
                    break;
                }
                found++;
            }
        }
        kept = count - stay;
        if (repetitionMax > 0) {
            keptRepetition = Arrays.copyOfRange(batch.repetitionLevels(), stay, count);
        }
        if (definitionMax > 0) {
            keptDefinition = Arrays.copyOfRange(batch.definitionLevels(), stay, count);
        }
        return stay;
    }
}
