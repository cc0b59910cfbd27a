package io.glulam.wasm;

import io.glulam.format.LittleEndian;
import java.util.Arrays;

/**
 * Packs SNAPPY with the matches that the native library finds, so that the bytes are the same: fragments of 64 KiB, each
 * with a hash table of its own size, in which the last place of four bytes is kept. It takes every match, looks for the
 * next right after it, and goes on in larger steps the longer nothing is found. Not thread-safe.
 */
final class SnappyPacker {
    private static final int FRAGMENT = 1 << 16;
    private static final int MIN_TABLE = 1 << 8;
    private static final int TABLE_BITS = 14;
    private static final int MAX_TABLE = 1 << TABLE_BITS;
    private static final int HASH_FACTOR = 0x1e35a7bd;

    /** The last bytes of a fragment begin no match. */
    private static final int MARGIN = 15;

    /** Positions that are all tried before the steps become larger. */
    private static final int FIRST_STEPS = 16;

    private static final int PATIENCE_BITS = 5;
    private static final int MIN_MATCH = 4;
    private static final int MAX_COPY = 64;
    private static final int MAX_SHORT_COPY = 11;
    private static final int MAX_SHORT_OFFSET = 1 << 11;
    private static final int LONG_LITERAL = 60;

    private final short[] table = new short[MAX_TABLE];
    private byte[] source = {};
    private byte[] target = {};
    private int mask;
    /** Where the fragment begins, and where it ends. */
    private int start;

    private int end;
    /** The first byte that is not packed yet, and where what packs it goes. */
    private int literal;

    private int out;
    /** Where a match was found, and the same bytes before it. */
    private int position;

    private int earlier;

    /** Packs {@code length} bytes, without a length before them; gives where they end in {@code into}. */
    int pack(byte[] bytes, int from, int length, byte[] into, int intoFrom) {
        source = bytes;
        target = into;
        out = intoFrom;
        int last = from + length;
        for (start = from; start < last; start = end) {
            end = Math.min(last - start, FRAGMENT) + start;
            packFragment();
        }
        return out;
    }

    private void packFragment() {
        int length = end - start;
        int size = Math.max(MIN_TABLE, Math.min(MAX_TABLE, length <= 1 ? 1 : Integer.highestOneBit(length - 1) << 1));
        mask = size - 1;
        Arrays.fill(table, 0, size, (short) 0);
        literal = start;
        if (length >= MARGIN) {
            int limit = end - MARGIN;
            while (find(limit)) {
                writeLiteral(position);
                do {
                    writeMatch();
                } while (literal < limit && matchesAgain());
                if (literal >= limit) {
                    break;
                }
            }
        }
        writeLiteral(end);
    }

    /** Looks for a match after the first byte that is not packed, up to a position. */
    private boolean find(int limit) {
        int at = literal + 1;
        int skip = 1 << PATIENCE_BITS;
        if (limit - at >= FIRST_STEPS) {
            for (int until = at + FIRST_STEPS; at < until; at++) {
                if (isMatch(at)) {
                    return true;
                }
            }
            skip += FIRST_STEPS;
        }
        while (true) {
            int step = skip >>> PATIENCE_BITS;
            skip += step;
            if (at + step > limit) {
                return false;
            }
            if (isMatch(at)) {
                return true;
            }
            at += step;
        }
    }

    private boolean isMatch(int at) {
        int bytes = LittleEndian.getInt(source, at);
        int slot = slot(bytes);
        int before = start + (table[slot] & 0xffff);
        table[slot] = (short) (at - start);
        if (LittleEndian.getInt(source, before) != bytes) {
            return false;
        }
        position = at;
        earlier = before;
        return true;
    }

    private boolean matchesAgain() {
        table[slot(LittleEndian.getInt(source, literal - 1))] = (short) (literal - 1 - start);
        return isMatch(literal);
    }

    /** The table's slot: the native library has it as a place in bytes, of which the lowest bit counts for nothing. */
    private int slot(int bytes) {
        return HASH_FACTOR * bytes >>> Integer.SIZE - 1 - TABLE_BITS >>> 1 & mask;
    }

    private void writeLiteral(int to) {
        int length = to - literal;
        if (length == 0) {
            return;
        }
        int rest = length - 1;
        if (rest < LONG_LITERAL) {
            target[out++] = (byte) (rest << 2);
        } else {
            int operandBytes = (Integer.SIZE + 7 - Integer.numberOfLeadingZeros(rest)) / Byte.SIZE;
            target[out++] = (byte) (LONG_LITERAL - 1 + operandBytes << 2);
            for (int i = 0; i < operandBytes; i++) {
                target[out++] = (byte) (rest >>> 8 * i);
            }
        }
        System.arraycopy(source, literal, target, out, length);
        out += length;
        literal = to;
    }

    private void writeMatch() {
        int length = matchLength();
        int offset = position - earlier;
        literal = position + length;
        int rest = length;
        while (rest >= MAX_COPY + MIN_MATCH) {
            writeCopy(offset, MAX_COPY);
            rest -= MAX_COPY;
        }
        if (rest > MAX_COPY) {
            writeCopy(offset, MAX_COPY - MIN_MATCH);
            rest -= MAX_COPY - MIN_MATCH;
        }
        writeCopy(offset, rest);
    }

    private int matchLength() {
        int length = MIN_MATCH;
        int most = end - position;
        while (length + Long.BYTES <= most) {
            long differing =
                    LittleEndian.getLong(source, earlier + length) ^ LittleEndian.getLong(source, position + length);
            if (differing != 0) {
                return length + (Long.numberOfTrailingZeros(differing) >>> 3);
            }
            length += Long.BYTES;
        }
        while (length < most && source[earlier + length] == source[position + length]) {
            length++;
        }
        return length;
    }

    private void writeCopy(int offset, int length) {
        if (length <= MAX_SHORT_COPY && offset < MAX_SHORT_OFFSET) {
            target[out++] = (byte) (offset >>> 8 << 5 | length - MIN_MATCH << 2 | 1);
            target[out++] = (byte) offset;
        } else {
            target[out++] = (byte) (length - 1 << 2 | 2);
            target[out++] = (byte) offset;
            target[out++] = (byte) (offset >>> 8);
        }
    }
}
