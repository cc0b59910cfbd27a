package io.glulam.wasm;

import io.glulam.format.LittleEndian;
import java.util.Arrays;

/**
 * Finds bytes that were there before: a hash table tells where four bytes were seen last. Greedy, and in larger steps the
 * longer nothing is found. Not thread-safe.
 */
final class MatchFinder {
    /** The shortest match. */
    static final int MIN_MATCH = 4;

    private static final int MAX_OFFSET = 0xffff;
    private static final int HASH_BITS = 14;
    private static final int HASH_FACTOR = 0x9E3779B1;

    /** After so many positions without a match, every second one is tried, then every third, and so on. */
    private static final int PATIENCE = 32;

    /** Where four bytes with a hash were seen last, from the block's beginning, plus 1. */
    private final int[] seen = new int[1 << HASH_BITS];

    private byte[] source = {};
    private int start;
    private int end;
    private int position;
    private int earlier;

    /** Begins with a block. */
    void begin(byte[] bytes, int from, int to) {
        source = bytes;
        start = from;
        end = to;
        Arrays.fill(seen, 0);
    }

    /**
     * Looks for the next match.
     *
     * @param from where it may begin
     * @param last where it may begin at the latest; four bytes must follow
     * @return whether there is one
     */
    boolean find(int from, int last) {
        int misses = 0;
        for (int at = from; at <= last; at += 1 + misses++ / PATIENCE) {
            int bytes = LittleEndian.getInt(source, at);
            int slot = bytes * HASH_FACTOR >>> Integer.SIZE - HASH_BITS;
            int before = seen[slot] - 1 + start;
            seen[slot] = at - start + 1;
            if (before >= start && at - before <= MAX_OFFSET && LittleEndian.getInt(source, before) == bytes) {
                position = at;
                earlier = before;
                return true;
            }
        }
        return false;
    }

    /** Where the match begins. */
    int position() {
        return position;
    }

    /** How far before it the same bytes are. */
    int offset() {
        return position - earlier;
    }

    /** How long the match is, if it ends {@code margin} bytes before the block's end at the latest. */
    int length(int margin) {
        int length = MIN_MATCH;
        while (position + length < end - margin && source[earlier + length] == source[position + length]) {
            length++;
        }
        return length;
    }
}
