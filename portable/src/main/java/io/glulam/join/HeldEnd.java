package io.glulam.join;

import io.glulam.storage.ForwardingReader;
import io.glulam.storage.RangeReader;
import java.nio.ByteBuffer;

/**
 * A reader that has read the last bytes of its file, where the footer and the page indexes are: asking for each of them would
 * take more time than their bytes. Does not own the other reader. Thread-safe.
 */
final class HeldEnd extends ForwardingReader {
    private final byte[] end;
    private final long from;

    private HeldEnd(RangeReader origin, byte[] end) {
        super(origin);
        this.end = end;
        this.from = origin.size() - end.length;
    }

    /**
     * Reads the end of a file.
     *
     * @param length of the end, in bytes; of a shorter file all
     */
    static HeldEnd of(RangeReader origin, int length) {
        byte[] end = new byte[(int) Math.min(length, origin.size())];
        origin.read(origin.size() - end.length, ByteBuffer.wrap(end));
        return new HeldEnd(origin, end);
    }

    @Override
    public void read(long position, ByteBuffer target) {
        if (position < from || position > size() - target.remaining()) {
            delegate().read(position, target);
        } else {
            target.put(end, (int) (position - from), target.remaining());
        }
    }

    @Override
    public void close() {
        // PinnedInputs closes the other reader.
    }
}
