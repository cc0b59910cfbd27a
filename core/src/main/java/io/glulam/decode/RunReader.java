package io.glulam.decode;

import io.glulam.error.CorruptFile;
import io.glulam.error.Place;

/** Small numbers in order: levels, dictionary indices, booleans. */
abstract class RunReader {
    /** Always 0, from no bytes. */
    static final RunReader ZEROES = new RunReader() {
        @Override
        int next() {
            return 0;
        }
    };

    /** @throws CorruptFile if the bytes hold no further number */
    abstract int next();

    static CorruptFile exhausted() {
        return new CorruptFile(Place.UNKNOWN, "a run-length or bit-packed stream ends before its last value");
    }
}
