package io.glulam.format;

/** The longest page indexes that are read; longer ones are left out and told. */
public final class PageIndexLimits {
    /** Bytes of a column index or an offset index that is carried on as it is, or read once. */
    public static final int MAX_BYTES = 16 << 20;

    /** Bytes of one whose pages are merged: as objects it takes several times its bytes, beside those of other chunks. */
    public static final int MAX_MERGED_BYTES = 8 << 20;

    private PageIndexLimits() {}
}
