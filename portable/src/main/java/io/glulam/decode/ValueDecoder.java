package io.glulam.decode;

import io.glulam.error.CorruptFile;
import io.glulam.error.Place;

/**
 * The values of one page, many at a time.
 *
 * @see ValueDecoders
 */
abstract class ValueDecoder {
    /**
     * How many of the next {@code wanted} values can be read at once.
     *
     * @return at least 1; fewer than wanted where they would take much memory
     */
    int available(int wanted) {
        return wanted;
    }

    /**
     * Makes the next {@code count} values those of {@code batch}.
     *
     * @throws CorruptFile if the page holds fewer
     */
    abstract void read(ColumnBatch batch, int count);

    static CorruptFile corrupt(String problem) {
        return new CorruptFile(Place.UNKNOWN, problem);
    }
}
