package io.glulam.plan;

import io.glulam.format.Encoding;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** The generation of readers that must be able to read the output. */
public enum Compatibility {
    /** Readers of the source: its data page version, its encodings and those that every reader knows. */
    SOURCE,
    /** Readers of the format's first version: data pages of version 1, PLAIN, dictionary and RLE. */
    V1,
    /** Readers of its second: data pages of version 2 and every encoding. */
    V2;

    private static final Set<Encoding> KNOWN_TO_ALL =
            EnumSet.of(Encoding.PLAIN, Encoding.PLAIN_DICTIONARY, Encoding.RLE_DICTIONARY, Encoding.RLE);

    /**
     * Reads a version as people write it: {@code v1} or {@code v2}. That of the source is what goes without saying.
     *
     * @throws IllegalArgumentException with a sentence for people, for anything else
     */
    public static Compatibility parse(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "v1" -> V1;
            case "v2" -> V2;
            default -> throw new IllegalArgumentException("'" + text + "' is none of v1, v2");
        };
    }

    /** Returns whether such readers know an encoding. */
    public boolean knows(Encoding encoding) {
        return this != V1 || KNOWN_TO_ALL.contains(encoding);
    }

    /** Returns the data page version to write for a column whose own is {@code source}. */
    public int pageVersion(int source) {
        return switch (this) {
            case SOURCE -> source;
            case V1 -> 1;
            case V2 -> 2;
        };
    }

    /** Returns whether data pages of a version may stay as they are. */
    public boolean allowsPageVersion(int version) {
        return this != V1 || version == 1;
    }
}
