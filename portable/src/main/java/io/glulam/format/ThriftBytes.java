package io.glulam.format;

import io.glulam.error.CorruptFile;
import io.glulam.error.Place;
import io.glulam.error.Unsupported;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A cursor over the bytes of a Thrift structure: bytes, varints and what has a length. The structure lies in one array, or is
 * read through a window that is an array: then it may be far longer than memory, and only values that are asked for are held
 * whole. Every length is checked against the bytes that are there. Not thread-safe.
 */
abstract sealed class ThriftBytes permits ThriftReader {
    /** A value that is read through a window is held whole up to this many bytes. */
    private static final int MAX_WINDOWED_VALUE = 8 << 20;

    /** The structure, or the window. */
    private final byte[] bytes;

    private final ThriftReader.@Nullable Refill refill;
    private final long base;
    /** Position in the structure of {@code bytes[0]}. */
    private int origin;
    /** Indices in {@link #bytes}. */
    private int position;

    private int limit;
    /** One past the structure's last byte, as a position in it. */
    private final int end;

    /** All of the structure is in {@code bytes}, as {@link ThriftReader#ThriftReader(byte[], int, int, long)} tells. */
    ThriftBytes(byte[] bytes, int from, int to, long base) {
        this.bytes = bytes;
        this.refill = null;
        this.position = from;
        this.limit = to;
        this.end = to;
        this.base = base;
    }

    /** Through a window, as {@link ThriftReader#ThriftReader(ThriftReader.Refill, byte[], int, int, long)} tells. */
    ThriftBytes(ThriftReader.Refill refill, byte[] window, int from, int to, long base) {
        this.bytes = window;
        this.refill = refill;
        this.origin = from;
        this.end = to;
        this.base = base;
    }

    /** Returns the position in the structure of the next byte to read. */
    public final int position() {
        return origin + position;
    }

    /** Continues at {@code position}, which an earlier pass has seen to be the start of a value. */
    public final void seek(int position) {
        int index = position - origin;
        if (index >= 0 && index <= limit) {
            this.position = index;
        } else {
            this.origin = position;
            this.position = 0;
            this.limit = 0;
        }
    }

    /** Returns the bytes of the structure that are left. */
    final int left() {
        return end - origin - position;
    }

    /** Moves the window on; the next byte is at {@link #position} then. */
    private void slide() {
        if (refill == null || left() <= 0) {
            throw corrupt("the Thrift structure is cut off");
        }
        origin += position;
        position = 0;
        limit = Math.min(bytes.length, end - origin);
        refill.read(origin, bytes, 0, limit);
    }

    public final byte readByte() {
        if (position >= limit) {
            slide();
        }
        return bytes[position++];
    }

    /** Reads the length of a binary or string; at most the number of bytes left. */
    final int readLength() {
        long length = readVarint();
        if (length < 0 || length > left()) {
            throw tooLongString(length);
        }
        return (int) length;
    }

    private CorruptFile tooLongString(long length) {
        return corrupt("a string of " + Long.toUnsignedString(length) + " bytes in " + left());
    }

    public final byte[] readBinary() {
        int length = readLength();
        byte[] value = copy(position(), length);
        advance(length);
        return value;
    }

    /**
     * Passes over the bytes that are next, if they are {@code expected}; whether they are. Does so only where it need not read
     * on for it.
     */
    public final boolean passIf(byte[] expected) {
        boolean same = expected.length <= limit - position
                && Arrays.equals(bytes, position, position + expected.length, expected, 0, expected.length);
        position += same ? expected.length : 0;
        return same;
    }

    /** Returns the structure's bytes from {@code from}, which was a position, up to this one. */
    public final byte[] since(int from) {
        return copy(from, position() - from);
    }

    /** Reads a binary or string; whether it is {@code expected}. */
    public final boolean readIs(byte[] expected) {
        int length = readLength();
        boolean same = length == expected.length;
        if (same && length <= limit - position) {
            same = Arrays.equals(bytes, position, position + length, expected, 0, length);
        } else if (same) {
            same = Arrays.equals(copy(position(), length), expected);
        }
        advance(length);
        return same;
    }

    public final String readString() {
        int length = readLength();
        String value = length <= limit - position
                ? new String(bytes, position, length, StandardCharsets.UTF_8)
                : new String(copy(position(), length), StandardCharsets.UTF_8);
        advance(length);
        return value;
    }

    /** Returns the structure's bytes from {@code from} on, wherever this reader is. */
    final byte[] copy(int from, int length) {
        if (refill != null && length > MAX_WINDOWED_VALUE) {
            throw new Unsupported(
                    Place.at(base + from),
                    "a value of " + length + " bytes; at most " + MAX_WINDOWED_VALUE + " are held in memory",
                    refill.remedyForLongValue());
        }
        byte[] value = new byte[length];
        copy(from, value, 0, length);
        return value;
    }

    private void copy(int from, byte[] target, int at, int length) {
        int index = from - origin;
        if (index >= 0 && index + length <= limit) {
            System.arraycopy(bytes, index, target, at, length);
        } else if (refill != null) {
            refill.read(from, target, at, length);
        } else {
            throw new IndexOutOfBoundsException(from + " to " + (from + length));
        }
    }

    /** Writes the structure's bytes {@code [from, to)}, which were read or skipped, as they are. */
    public final void writeRange(int from, int to, ThriftWriter out) {
        int index = from - origin;
        if (index >= 0 && to - origin <= limit) {
            out.writeRaw(bytes, index, to - from);
            return;
        }
        byte[] piece = new byte[Math.min(to - from, 1 << 16)];
        for (int at = from; at < to; at += piece.length) {
            int length = Math.min(piece.length, to - at);
            copy(at, piece, 0, length);
            out.writeRaw(piece, 0, length);
        }
    }

    /** Passes over bytes. */
    final void advance(int count) {
        if (count <= limit - position) {
            position += count;
        } else if (count <= left()) {
            seek(position() + count);
        } else {
            throw corrupt("the Thrift structure is cut off");
        }
    }

    /** Reads an unsigned varint. */
    final long readVarint() {
        // Most numbers of a footer take one byte or two.
        int at = position;
        if (limit - at >= 2) {
            byte first = bytes[at];
            if (first >= 0) {
                position = at + 1;
                return first;
            }
            byte second = bytes[at + 1];
            if (second >= 0) {
                position = at + 2;
                return first & 0x7f | second << 7;
            }
        }
        return readLongVarint();
    }

    private long readLongVarint() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            byte next = readByte();
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw corrupt("a varint of more than ten bytes");
    }

    /** Returns the failure that {@code problem} is at the current position. */
    public final CorruptFile corrupt(String problem) {
        return new CorruptFile(Place.at(base + position()), problem);
    }
}
