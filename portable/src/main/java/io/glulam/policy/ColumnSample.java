package io.glulam.policy;

import io.glulam.plan.Recoding;
import java.util.List;

/**
 * Windows of one column's values over all that is merged, each encoded in every candidate encoding: what {@link
 * RecodePolicy} decides from, besides the facts.
 *
 * @param candidates the encodings that were tried
 * @param windows in their order in the file
 * @param distinctBytes PLAIN bytes of the distinct values of all windows
 * @param dictionaryBytes bytes of a dictionary page of them, compressed, with its header
 */
public record ColumnSample(List<Recoding> candidates, List<Window> windows, long distinctBytes, long dictionaryBytes) {

    /**
     * One window.
     *
     * @param values in it, nulls included
     * @param nulls of them
     * @param storedBytes what its pages take in the source, compressed, with headers but without dictionary pages
     * @param fresh distinct values that no earlier window holds
     * @param rare what is counted without values that are frequent in all windows together
     * @param bytes what its values take in each candidate encoding, compressed, with levels and headers, without
     *     dictionary page; indices as wide as the dictionary that is expected makes them
     */
    public record Window(long values, long nulls, long storedBytes, long fresh, Rare rare, List<Long> bytes) {
        public Window {
            bytes = List.copyOf(bytes);
        }
    }

    /**
     * The counts of a window's values that are not frequent.
     *
     * @param values occurrences
     * @param distinct different ones
     * @param fresh of these, the ones that no earlier window holds
     */
    public record Rare(long values, long distinct, long fresh) {}

    public ColumnSample {
        candidates = List.copyOf(candidates);
        windows = List.copyOf(windows);
    }

    /** Values in all windows, nulls included. */
    public long values() {
        return windows.stream().mapToLong(Window::values).sum();
    }

    /** Nulls in all windows. */
    public long nulls() {
        return windows.stream().mapToLong(Window::nulls).sum();
    }

    /** Bytes that all windows take in the source. */
    public long storedBytes() {
        return windows.stream().mapToLong(Window::storedBytes).sum();
    }

    /**
     * How many distinct values to expect among so many, nulls not counted: the frequent ones are all known, of the others
     * there are more.
     */
    public long distinctAmong(long presentValues) {
        long present = values() - nulls();
        if (present == 0) {
            return 0;
        }
        long rare = windows.stream().mapToLong(window -> window.rare().values()).sum();
        long frequentDistinct = distinct()
                - windows.stream().mapToLong(window -> window.rare().fresh()).sum();
        long rareDistinct = CardinalityEstimate.of(
                        windows.stream()
                                .mapToLong(window -> window.rare().values())
                                .toArray(),
                        windows.stream()
                                .mapToLong(window -> window.rare().distinct())
                                .toArray(),
                        windows.stream()
                                .mapToLong(window -> window.rare().fresh())
                                .toArray())
                .among(Math.round((double) rare / present * presentValues));
        return Math.min(presentValues, frequentDistinct + rareDistinct);
    }

    /** Distinct values in all windows. */
    public long distinct() {
        return windows.stream().mapToLong(Window::fresh).sum();
    }
}
