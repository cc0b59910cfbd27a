package io.glulam.join;

import io.glulam.storage.RangeSpool;
import java.nio.ByteBuffer;

/**
 * The last bytes of an input in a store, all of a small one, as the request for its footer brought them. They lie in the
 * spool of an {@link InputSpool}. Thread-safe.
 *
 * @param spool that holds them
 * @param place where in it they begin
 * @param from the input's position at which they begin; 0 if all of it is held
 */
public record HeldBytes(RangeSpool spool, long place, long from) {
    /** Fills {@code target} from the input's {@code position} on, which is not before {@link #from}. */
    void read(long position, ByteBuffer target) {
        spool.read(place + position - from, target);
    }
}
