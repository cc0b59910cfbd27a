package io.glulam.splice;

import io.glulam.format.LittleEndian;

/**
 * A running digest of a stream of bytes, of eight at a time: the same bytes give the same digest in whatever pieces they
 * come. Two digests take turns, so that a processor need not wait for the one to go on with the other. Not thread-safe.
 */
final class BytesDigest {
    private static final long FACTOR = 0x9e3779b97f4a7c15L;

    /** Of every other eight bytes, the first and those between. */
    private long even = FACTOR;

    private long odd = ~FACTOR;
    private boolean oddIsNext;
    /** The bytes after the last eight, the first of them lowest. */
    private long pending;

    private int pendingBits;
    private long length;

    void clear() {
        even = FACTOR;
        odd = ~FACTOR;
        oddIsNext = false;
        pending = 0;
        pendingBits = 0;
        length = 0;
    }

    void add(byte next) {
        length++;
        pending |= (next & 0xffL) << pendingBits;
        pendingBits += Byte.SIZE;
        if (pendingBits == Long.SIZE) {
            addWord(pending);
            pending = 0;
            pendingBits = 0;
        }
    }

    void add(byte[] bytes, int from, int count) {
        int words = count >>> 3;
        if (pendingBits == 0) {
            addWords(bytes, from, words);
        } else {
            addShiftedWords(bytes, from, words);
        }
        length += 8L * words;
        for (int i = from + 8 * words; i < from + count; i++) {
            add(bytes[i]);
        }
    }

    private void addWord(long word) {
        if (oddIsNext) {
            odd = mixed(odd, word);
        } else {
            even = mixed(even, word);
        }
        oddIsNext = !oddIsNext;
    }

    private void addWords(byte[] bytes, int from, int words) {
        int position = from;
        int rest = words;
        if (oddIsNext && rest > 0) {
            addWord(LittleEndian.getLong(bytes, position));
            position += 8;
            rest--;
        }
        long first = even;
        long second = odd;
        for (; rest >= 2; rest -= 2) {
            first = mixed(first, LittleEndian.getLong(bytes, position));
            second = mixed(second, LittleEndian.getLong(bytes, position + 8));
            position += 16;
        }
        even = first;
        odd = second;
        if (rest > 0) {
            addWord(LittleEndian.getLong(bytes, position));
        }
    }

    private void addShiftedWords(byte[] bytes, int from, int words) {
        int low = pendingBits;
        int position = from;
        for (int i = 0; i < words; i++) {
            long word = LittleEndian.getLong(bytes, position);
            addWord(pending | word << low);
            pending = word >>> Long.SIZE - low;
            position += 8;
        }
    }

    /** No two words make the same of one digest, nor one word of two; differences reach all bits of what follows. */
    private static long mixed(long digest, long word) {
        long mixed = (digest ^ word) * FACTOR;
        return mixed ^ mixed >>> 32;
    }

    /** Whether both saw the same bytes. */
    boolean matches(BytesDigest other) {
        return even == other.even && odd == other.odd && pending == other.pending && length == other.length;
    }
}
