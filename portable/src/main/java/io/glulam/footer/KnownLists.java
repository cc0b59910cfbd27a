package io.glulam.footer;

import io.glulam.format.PageEncodingStats;
import io.glulam.format.ThriftReader;
import java.util.List;

/**
 * The lists of encodings of the chunk's entry that was read last. Most entries have those of the one before, byte for byte, and
 * lists need not be parsed and held again then. Not thread-safe.
 */
final class KnownLists {
    private static final byte[] NONE = {};

    /** For single entries: knows nothing, ever. */
    static final KnownLists NOTHING = new KnownLists(0);

    /** Longer ones are not held. */
    private static final int MAX_BYTES = 64;

    private final int maxBytes;
    private byte[] rawEncodings = NONE;
    private int[] encodings = {};
    private byte[] rawStats = NONE;
    private List<PageEncodingStats> stats = List.of();

    KnownLists() {
        this(MAX_BYTES);
    }

    private KnownLists(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** Passes over the list that is next, if it is the known one; whether it is. */
    boolean passEncodings(ThriftReader in) {
        return rawEncodings.length > 0 && in.passIf(rawEncodings);
    }

    /** As {@link #passEncodings}. */
    boolean passStats(ThriftReader in) {
        return rawStats.length > 0 && in.passIf(rawStats);
    }

    int[] encodings() {
        return encodings;
    }

    List<PageEncodingStats> stats() {
        return stats;
    }

    /** A list was read from {@code from} up to the reader's position. */
    void know(int[] read, ThriftReader in, int from) {
        if (in.position() - from <= maxBytes) {
            rawEncodings = in.since(from);
            encodings = read;
        }
    }

    /** As above. */
    void know(List<PageEncodingStats> read, ThriftReader in, int from) {
        if (in.position() - from <= maxBytes) {
            rawStats = in.since(from);
            stats = read;
        }
    }
}
