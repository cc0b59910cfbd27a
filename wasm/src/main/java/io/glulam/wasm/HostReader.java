package io.glulam.wasm;

import io.glulam.error.CorruptFile;
import io.glulam.error.Place;
import io.glulam.storage.RangeReader;
import java.nio.ByteBuffer;

/**
 * The source, read by the host, which pins its version.
 *
 * @param remote whether every read is a request over a network
 */
record HostReader(String name, long size, String version, boolean remote) implements RangeReader {
    /** Bytes that one call of the host brings at most. */
    private static final int MAX_READ = 1 << 20;

    @Override
    public void read(long position, ByteBuffer target) {
        if (position > size - target.remaining()) {
            throw new CorruptFile(
                    new Place(name, -1, null, position),
                    "the file ends at " + size + ", " + (position + target.remaining() - size) + " bytes early");
        }
        long at = position;
        while (target.hasRemaining()) {
            int length = Math.min(MAX_READ, target.remaining());
            Scratch.reserve(length);
            Failure.check(Host.read(at, length), Place.of(name));
            Scratch.take(target.array(), target.arrayOffset() + target.position(), length);
            target.position(target.position() + length);
            at += length;
        }
    }

    @Override
    public boolean isRemote() {
        return remote;
    }

    /** The host pins every read. */
    @Override
    public void checkUnchanged() {}

    @Override
    public void close() {}
}
