package io.glulam.plan;

/** Why a row group is kept, or why a column takes its tier and not a cheaper one. */
public enum Reason {
    // Keep
    HEALTHY("The row group is large enough."),
    NO_ROWS("The row group holds no rows."),
    NOTHING_TO_MERGE_WITH("There is no other row group that this fragment could be merged with."),
    NOT_WORTH_THE_BYTES("The neighbors are healthy, and rewriting one for this fragment is not worth the bytes."),
    NOT_SMALLER("Rewriting the row group would save too few bytes."),
    LIMITS_REACHED("Merged with a neighbor it would pass the maximum rows or bytes of a row group."),

    // Join
    NO_DICTIONARY("No fragment has a dictionary, so that its pages move as they are."),
    EQUAL_DICTIONARIES("Every fragment's dictionary begins the largest one, so that its pages move as they are."),

    // Remap
    DICTIONARIES_DIFFER("The dictionaries differ: their union is written and the indices are renumbered."),

    // Coalesce
    PAGES_FAR_UNDER_TARGET("The pages are far under their target size."),
    OTHER_CODEC("The settings ask for another codec or compression level."),
    TOO_MANY_PAGES("The column chunk would hold more than 32,767 pages, which readers cannot number."),

    // Recode
    RECODING_PAYS("Samples show that another encoding saves enough bytes to be worth its time."),
    SMALLEST_ENCODING("The smallest encoding was asked for."),
    READERS("An engine that must read the output does not know the sources' encodings or data page version."),
    UNION_DICTIONARY_OVER_CAP("The union of the dictionaries is larger than its cap."),
    PLAIN_BEFORE_DICTIONARY("Dictionary-encoded pages would follow other pages, which some readers get wrong."),
    PAGE_VERSIONS_DIFFER("The fragments hold data pages of different versions."),
    CODECS_DIFFER("The fragments are compressed with different codecs."),
    CODEC_NOT_WRITABLE("Pages have to be compressed again, and their codec can only be read."),
    LZ4_FRAMINGS_DIFFER("The fragments frame their LZ4 blocks differently."),
    DELTA_BYTE_ARRAY_MAY_SPAN_PAGES("The writer may have let DELTA_BYTE_ARRAY pages depend on the page before."),
    BIT_PACKED_LEVELS("Pages have to be written again, and their levels are in the deprecated BIT_PACKED encoding."),
    BOOLEAN_DICTIONARY("Booleans are dictionary-encoded, which few readers accept."),

    // Not to be merged at all
    UNKNOWN_ENCODING("Pages have to be written again, and they hold an encoding that is unknown to this version."),
    UNKNOWN_CODEC("Pages have to be decompressed, and their codec is unknown to this version."),
    UNKNOWN_PAGE_TYPE("The column chunk holds a page of a type that is unknown to this version.");

    private final String text;

    Reason(String text) {
        this.text = text;
    }

    /** Returns the reason as one sentence for people. */
    public String text() {
        return text;
    }
}
