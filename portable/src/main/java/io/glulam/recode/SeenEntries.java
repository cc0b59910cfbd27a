package io.glulam.recode;

import java.util.Arrays;

/** Which entries of a dictionary were seen since the last reset. Not thread-safe. */
final class SeenEntries {
    /** By entry, the round in which it was last seen. */
    private int[] rounds = {};

    private int round = 1;
    private int[] fresh = {};

    /** For another dictionary. */
    void clear(int entries) {
        grow(entries);
        Arrays.fill(rounds, 0, entries, 0);
    }

    /** Makes room for the entries of a dictionary that has grown. */
    void grow(int entries) {
        if (rounds.length < entries) {
            rounds =
                    Arrays.copyOf(rounds, Math.max(entries, (int) Math.min(Integer.MAX_VALUE - 8, rounds.length * 2L)));
        }
    }

    /** Forgets what was seen. */
    void reset() {
        round++;
    }

    /** Marks entries as seen; how many of them are {@link #fresh}. */
    int firstOf(int[] indices, int from, int count) {
        fresh = fresh.length < count ? new int[count] : fresh;
        int found = 0;
        for (int i = from; i < from + count; i++) {
            int index = indices[i];
            if (rounds[index] != round) {
                rounds[index] = round;
                fresh[found++] = index;
            }
        }
        return found;
    }

    /** An entry that the last {@link #firstOf} saw first. */
    int fresh(int number) {
        return fresh[number];
    }
}
