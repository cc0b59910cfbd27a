package io.glulam.verify;

import io.glulam.error.Place;
import io.glulam.error.VerificationFailed;
import org.jspecify.annotations.Nullable;

/**
 * The expectation on one place of the new file.
 *
 * @param place for the message of what does not hold
 */
record Expectation(Place place) {
    /** Of the file as a whole. */
    static Expectation of(String name) {
        return new Expectation(Place.of(name));
    }

    /** Of one column of a row group. */
    Expectation within(int rowGroup, @Nullable String column) {
        return new Expectation(new Place(place.object(), rowGroup, column, -1));
    }

    /** @throws VerificationFailed unless {@code holds} */
    void require(boolean holds, String what) {
        if (!holds) {
            throw new VerificationFailed(place, what + " in the new file is not what it should be");
        }
    }
}
