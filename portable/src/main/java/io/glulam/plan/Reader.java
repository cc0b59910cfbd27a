package io.glulam.plan;

import io.glulam.format.Encoding;
import io.glulam.format.PhysicalType;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Engines that may have to read the output, and the encodings that they know, by their own documentation and issue
 * trackers ({@code docs/readers.md} names the sources). Where there was doubt, an encoding is not counted.
 */
public enum Reader {
    PARQUET_JAVA("parquet-java", 2, all()),
    /** Its vectorised reader: BYTE_STREAM_SPLIT came with SPARK-56894, which is in no release yet. */
    SPARK("spark", 2, allBut(Encoding.BYTE_STREAM_SPLIT)),
    ARROW("arrow", 2, all()),
    DATAFUSION("datafusion", 2, all()),
    DUCKDB("duckdb", 2, all()),
    POLARS("polars", 2, all()),
    TRINO("trino", 2, all()),
    IMPALA("impala", 1, EnumSet.of(Encoding.PLAIN, Encoding.PLAIN_DICTIONARY, Encoding.RLE_DICTIONARY, Encoding.RLE));

    private final String title;
    private final int pageVersion;

    @SuppressWarnings("ImmutableEnumChecker") // Never changed, and never given away.
    private final Set<Encoding> encodings;

    Reader(String title, int pageVersion, Set<Encoding> encodings) {
        this.title = title;
        this.pageVersion = pageVersion;
        this.encodings = encodings;
    }

    private static Set<Encoding> all() {
        return EnumSet.allOf(Encoding.class);
    }

    private static Set<Encoding> allBut(Encoding encoding) {
        return EnumSet.complementOf(EnumSet.of(encoding));
    }

    /** Returns the name on the command line and in reports. */
    public String title() {
        return title;
    }

    /**
     * Returns the engine of a {@link #title}.
     *
     * @throws IllegalArgumentException with a sentence for people, for anything else
     */
    public static Reader parse(String text) {
        for (Reader reader : values()) {
            if (reader.title.equals(text.toLowerCase(Locale.ROOT))) {
                return reader;
            }
        }
        String known = Arrays.stream(values()).map(Reader::title).collect(Collectors.joining(", "));
        throw new IllegalArgumentException("'" + text + "' is none of " + known);
    }

    /** Returns whether it reads values of {@code type} in that encoding. */
    public boolean knows(Encoding encoding, PhysicalType type) {
        if (encoding == Encoding.BYTE_STREAM_SPLIT && type != PhysicalType.FLOAT && type != PhysicalType.DOUBLE) {
            // For other types since version 2.11 of the format: few readers follow, and none is counted.
            return false;
        }
        return encodings.contains(encoding);
    }

    /** Returns whether it knows all of them, for the types that they are usual for. */
    boolean knowsAll(Set<Encoding> others) {
        return encodings.containsAll(others);
    }

    /** Returns the newest data page version that it reads. */
    public int pageVersion() {
        return pageVersion;
    }
}
