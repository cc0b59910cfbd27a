package io.glulam.splice;

import io.glulam.page.LittleEndian;

/**
 * A running digest of a stream of bytes, of eight at a time: the same bytes give the same digest in whatever pieces they
 * come. Not thread-safe.
 */
final class BytesDigest {
    private static final long FACTOR = 0x9e3779b97f4a7c15L;

    private long digest = FACTOR;
    /** The bytes behind the last eight, the first of them lowest. */
    private long pending;

    private int pendingBits;
    private long length;

    void clear() {
        digest = FACTOR;
        pending = 0;
        pendingBits = 0;
        length = 0;
    }

    void add(byte next) {
        length++;
        pending |= (next & 0xffL) << pendingBits;
        pendingBits += Byte.SIZE;
        if (pendingBits == Long.SIZE) {
            digest = mixed(digest, pending);
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

    private void addWords(byte[] bytes, int from, int words) {
        long result = digest;
        int position = from;
        for (int i = 0; i < words; i++) {
            result = mixed(result, LittleEndian.getLong(bytes, position));
            position += 8;
        }
        digest = result;
    }

    private void addShiftedWords(byte[] bytes, int from, int words) {
        long result = digest;
        long before = pending;
        int low = pendingBits;
        int position = from;
        for (int i = 0; i < words; i++) {
            long word = LittleEndian.getLong(bytes, position);
            result = mixed(result, before | word << low);
            before = word >>> Long.SIZE - low;
            position += 8;
        }
        digest = result;
        pending = before;
    }

    /** No two words make the same of one digest, nor one word of two; differences reach all bits of what follows. */
    private static long mixed(long digest, long word) {
        long mixed = (digest ^ word) * FACTOR;
        return mixed ^ mixed >>> 32;
    }

    /** Whether both saw the same bytes. */
    boolean matches(BytesDigest other) {
        return digest == other.digest && pending == other.pending && length == other.length;
    }
}
