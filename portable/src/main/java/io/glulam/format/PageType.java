package io.glulam.format;

/** Thrift values of the specification's {@code PageType}. */
public final class PageType {
    public static final int DATA_PAGE = 0;
    public static final int INDEX_PAGE = 1;
    public static final int DICTIONARY_PAGE = 2;
    public static final int DATA_PAGE_V2 = 3;

    private PageType() {}

    /** Returns the specification's name, or {@code UNKNOWN(n)}. */
    public static String nameOf(int value) {
        return switch (value) {
            case DATA_PAGE -> "DATA_PAGE";
            case INDEX_PAGE -> "INDEX_PAGE";
            case DICTIONARY_PAGE -> "DICTIONARY_PAGE";
            case DATA_PAGE_V2 -> "DATA_PAGE_V2";
            default -> "UNKNOWN(" + value + ")";
        };
    }
}
