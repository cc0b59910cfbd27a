package io.glulam.footer;

/** The bytes with which every Parquet file begins and ends. */
public final class FileMagic {
    /** How many they are. */
    public static final int LENGTH = 4;

    private FileMagic() {}

    /** Returns the bytes, in an array of the caller's own. */
    public static byte[] bytes() {
        return new byte[] {'P', 'A', 'R', '1'};
    }
}
