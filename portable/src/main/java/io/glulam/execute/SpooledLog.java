package io.glulam.execute;

import io.glulam.page.ByteArrayBuilder;
import io.glulam.pipeline.Spool;
import io.glulam.storage.RangeSpool;
import org.jspecify.annotations.Nullable;

/**
 * Numbers and byte strings that are appended one after the other and read back in the same order, any number of times: in
 * memory while they are few, then in a temporary file, so that millions of them take no more memory than thousands. Not
 * thread-safe; everything is appended before anything is read.
 */
final class SpooledLog implements AutoCloseable {
    private static final int MEMORY = 256 << 10;
    private static final int PIECE = 16 << 10;
    private static final int MAX_VARINT = 10;

    private final Spool spool;
    private final ByteArrayBuilder pending = new ByteArrayBuilder(1 << 10);

    /** @param overflows makes the place for what does not fit the memory */
    SpooledLog(RangeSpool.Factory overflows) {
        this.spool = new Spool(MEMORY, overflows);
    }

    /** Appends a number; small ones, of either sign, take a byte. */
    void add(long number) {
        long rest = number << 1 ^ number >> 63;
        while ((rest & ~0x7fL) != 0) {
            pending.append((int) (rest & 0x7f | 0x80));
            rest >>>= 7;
        }
        pending.append((int) rest);
        flushIfLong();
    }

    /** Appends a byte string; null is read back as null, and so is an empty one. */
    void add(byte @Nullable [] bytes) {
        if (bytes == null) {
            add(0);
            return;
        }
        add(bytes.length);
        if (bytes.length > PIECE) {
            flush();
            spool.append(bytes, 0, bytes.length);
        } else {
            pending.append(bytes, 0, bytes.length);
            flushIfLong();
        }
    }

    private void flushIfLong() {
        if (pending.size() >= PIECE) {
            flush();
        }
    }

    private void flush() {
        spool.append(pending.array(), 0, pending.size());
        pending.clear();
    }

    /** A reader from the beginning. */
    Reader reader() {
        flush();
        return new Reader();
    }

    /** Reads what was appended, in its order. */
    final class Reader {
        private byte[] window = {};
        private long windowStart;
        private int windowLength;
        private int position;

        /** The next number. */
        long number() {
            if (windowLength - position < MAX_VARINT) {
                slide();
            }
            long value = 0;
            for (int shift = 0; ; shift += 7) {
                byte next = window[position++];
                value |= (next & 0x7fL) << shift;
                if (next >= 0) {
                    return value >>> 1 ^ -(value & 1);
                }
            }
        }

        /** The next byte string; null for one that was null or empty. */
        byte @Nullable [] bytes() {
            int length = Math.toIntExact(number());
            if (length == 0) {
                return null;
            }
            byte[] bytes = new byte[length];
            if (length <= windowLength - position) {
                System.arraycopy(window, position, bytes, 0, length);
                position += length;
            } else {
                long at = windowStart + position;
                spool.read(at, bytes, 0, length);
                windowStart = at + length;
                windowLength = 0;
                position = 0;
            }
            return bytes;
        }

        private void slide() {
            long at = windowStart + position;
            int length = (int) Math.min(PIECE, spool.size() - at);
            if (length > windowLength - position) {
                if (window.length < length) {
                    window = new byte[length];
                }
                spool.read(at, window, 0, length);
                windowStart = at;
                windowLength = length;
                position = 0;
            }
        }
    }

    @Override
    public void close() {
        spool.close();
    }
}
