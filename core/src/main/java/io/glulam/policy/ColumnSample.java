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
     * @param distinct distinct values in it
     * @param fresh of these, the ones that no earlier window holds
     * @param bytes what its values take in each candidate encoding, compressed, with levels and headers, without
     *     dictionary page; indices as wide as the dictionary that is expected makes them
     */
    public record Window(long values, long nulls, long storedBytes, long distinct, long fresh, List<Long> bytes) {
        public Window {
            bytes = List.copyOf(bytes);
        }
    }

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

    /** How many distinct values to expect among so many, nulls not counted. */
    public long distinctAmong(long presentValues) {
        return DistinctEstimate.of(
                        windows.stream()
                                .mapToLong(window -> window.values() - window.nulls())
                                .toArray(),
                        windows.stream().mapToLong(Window::distinct).toArray(),
                        windows.stream().mapToLong(Window::fresh).toArray())
                .among(presentValues);
    }

    /** Distinct values in all windows. */
    public long distinct() {
        return windows.stream().mapToLong(Window::fresh).sum();
    }
}
