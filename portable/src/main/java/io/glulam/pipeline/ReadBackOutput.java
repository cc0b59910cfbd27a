package io.glulam.pipeline;

import io.glulam.error.Place;
import io.glulam.error.VerificationFailed;
import io.glulam.storage.ObjectWriter;
import io.glulam.storage.RangeReader;
import java.nio.ByteBuffer;

/**
 * Writes to an object and reads back what it wrote: every literal is compared, byte by byte, with what the object holds
 * in its place, at once, while both are in the processor's cache. A writer that reads back only what is sealed compares
 * by itself then. Not thread-safe.
 */
public final class ReadBackOutput {
    /** Bytes of the buffer that it reads back into. */
    public static final int READ_BACK = 128 << 10;

    private final ObjectWriter writer;
    private final ByteBuffer readBack;

    /** @param readBack takes what is read back; {@link #READ_BACK} bytes are enough */
    public ReadBackOutput(ObjectWriter writer, ByteBuffer readBack) {
        this.writer = writer;
        this.readBack = readBack;
    }

    public long position() {
        return writer.position();
    }

    /** Appends a literal; the buffer is drained and free again on return. */
    public void append(ByteBuffer bytes) {
        ByteBuffer expected = bytes.duplicate();
        long start = writer.position();
        writer.append(bytes);
        if (writer.position() - start != expected.remaining()) {
            throw differs(start);
        }
        if (writer.readsBack()) {
            check(expected, start);
        }
    }

    private void check(ByteBuffer expected, long start) {
        long at = start;
        int end = expected.limit();
        while (expected.position() < end) {
            int length = Math.min(readBack.capacity(), end - expected.position());
            expected.limit(expected.position() + length);
            writer.read(at, readBack.clear().limit(length));
            if (!readBack.flip().equals(expected)) {
                throw differs(at);
            }
            expected.position(expected.limit());
            expected.limit(end);
            at += length;
        }
    }

    private static VerificationFailed differs(long position) {
        return new VerificationFailed(Place.at(position), "what was written reads back differently");
    }

    /** Appends a range that the store copies: it is not read back, nor is it our doing. */
    public void copy(RangeReader source, long offset, long length) {
        writer.copy(source, offset, length);
    }
}
