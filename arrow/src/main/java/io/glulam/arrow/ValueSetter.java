package io.glulam.arrow;

import io.glulam.decode.TripletReader;

/** Writes values of a leaf into its vector. */
interface ValueSetter {
    /**
     * Writes a value that is not null. The vector grows as far as needed.
     *
     * @param index of the value in the vector
     * @param value valid during the call
     * @throws io.glulam.error.Unsupported for a value that the vector's type does not have
     */
    void set(int index, TripletReader value);
}
