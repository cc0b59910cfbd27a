package io.glulam.cli.page;

/** Kinds of encodings, which have one color each. */
final class EncodingKind {
    static final int OTHER = 0;
    static final int PLAIN = 1;
    static final int DICTIONARY = 2;
    static final int DELTA_OR_SPLIT = 3;

    private EncodingKind() {}

    /** Returns the kind of the specification's names, of which the most telling counts. */
    static int of(String names) {
        if (names.contains("DICTIONARY")) {
            return DICTIONARY;
        }
        if (names.contains("DELTA") || names.contains("SPLIT")) {
            return DELTA_OR_SPLIT;
        }
        return names.contains("PLAIN") ? PLAIN : OTHER;
    }
}
