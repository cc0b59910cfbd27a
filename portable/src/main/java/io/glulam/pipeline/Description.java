package io.glulam.pipeline;

import io.glulam.storage.ByteRange;

/**
 * The description of bytes of the output.
 *
 * @param <W> what collects the descriptions of everything that is written
 */
public interface Description<W> {
    /**
     * Tells {@code written} what was written. Called once, in the order of the output, by the thread that writes.
     *
     * @param place of the bytes in the output
     */
    void describe(W written, ByteRange place);
}
