package io.glulam.footer;

import io.glulam.error.Remedy;
import io.glulam.format.ThriftReader;
import io.glulam.storage.RangeReader;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a footer, without length and magic, read at random: from memory, from the pinned object that they are the
 * end of, or from wherever an implementation keeps them. Where reading is slow, the implementation keeps a copy at hand.
 * Thread-safe.
 */
public interface FooterBytes extends ThriftReader.Refill {
    /** Bytes that are read at once unless an implementation says otherwise. */
    int PIECE = 64 << 10;

    /** Number of bytes. */
    int length();

    /** How many bytes are best read at once where a long stretch is read. */
    default int windowBytes() {
        return PIECE;
    }

    /** Where there is so much memory, the footer is not read through windows. */
    @Override
    default String remedyForLongValue() {
        return Remedy.BUFFERS.text((long) length() * FooterReader.RESIDENT_SHARE);
    }

    /** A copy of the bytes {@code [span.from(), span.to())}. */
    default byte[] range(ByteSpan span) {
        byte[] range = new byte[span.length()];
        read(span.from(), range, 0, range.length);
        return range;
    }

    /** Whether two spans hold the same bytes; absent ones (null) are the same as each other only. */
    static boolean same(FooterBytes left, @Nullable ByteSpan a, FooterBytes right, @Nullable ByteSpan b) {
        if (a == null || b == null) {
            return a == null && b == null;
        }
        if (a.length() != b.length()) {
            return false;
        }
        byte[] lefts = new byte[Math.min(PIECE, a.length())];
        byte[] rights = new byte[lefts.length];
        for (int at = 0; at < a.length(); at += PIECE) {
            int length = Math.min(PIECE, a.length() - at);
            left.read(a.from() + at, lefts, 0, length);
            right.read(b.from() + at, rights, 0, length);
            if (!Arrays.equals(lefts, 0, length, rights, 0, length)) {
                return false;
            }
        }
        return true;
    }

    /** The bytes in memory, not copied: callers must not change them any more. */
    static FooterBytes of(byte[] bytes) {
        return new Resident(bytes);
    }

    /** Bytes in memory, which are parsed in place. */
    @SuppressWarnings("ArrayRecordComponent")
    record Resident(byte[] bytes) implements FooterBytes {
        @Override
        public int length() {
            return bytes.length;
        }

        @Override
        public void read(int position, byte[] target, int from, int length) {
            System.arraycopy(bytes, position, target, from, length);
        }
    }

    /**
     * Bytes that stay where they are in their object.
     *
     * @param object whose reads are quick, or are told of first
     * @param offset of the footer in it
     */
    record InObject(RangeReader object, long offset, int length) implements FooterBytes {
        @Override
        public void read(int position, byte[] target, int from, int length) {
            object.read(offset + position, ByteBuffer.wrap(target, from, length));
        }
    }
}
