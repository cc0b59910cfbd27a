package io.glulam.arrow;

import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.FieldVector;

/** The values of a vector whose values all have the same length, as bytes. */
final class FixedSlots {
    private final BaseFixedWidthVector vector;

    FixedSlots(FieldVector vector) {
        this.vector = (BaseFixedWidthVector) vector;
    }

    /** Marks a value as not null and returns the buffer of all values, which has room for it until the next call. */
    ArrowBuf open(int index) {
        vector.setIndexDefined(index);
        return vector.getDataBuffer();
    }
}
