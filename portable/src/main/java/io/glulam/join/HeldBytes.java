package io.glulam.join;

import java.nio.ByteBuffer;

/** The last bytes of an input, of a small one all, as one read brought them. Thread-safe. */
public interface HeldBytes {
    /** Returns the input's position at which they begin; 0 if all of it is held. */
    long from();

    /** Fills {@code target} from the input's {@code position} on, which is not before {@link #from}. */
    void read(long position, ByteBuffer target);
}
