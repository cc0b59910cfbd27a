package io.glulam.plan;

import io.glulam.format.CompressionCodec;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The compression of the pages of merged row groups.
 *
 * @param codec of every column; null for each column's own
 * @param level 1 to 22 for ZSTD, 1 to 9 for GZIP; 0 for the codec's default
 */
public record Compression(@Nullable CompressionCodec codec, int level) {
    /** The highest level of any codec. */
    static final int MAX_LEVEL = 22;

    /** The highest level of each codec that is offered; 0 where there are no levels. */
    private static final Map<CompressionCodec, Integer> MAX_LEVELS = new EnumMap<>(Map.of(
            CompressionCodec.UNCOMPRESSED, 0,
            CompressionCodec.SNAPPY, 0,
            CompressionCodec.GZIP, 9,
            CompressionCodec.ZSTD, MAX_LEVEL,
            CompressionCodec.LZ4_RAW, 0));

    /** The forms that {@link #parse} takes, for people. */
    static final String FORMS = "keep, "
            + MAX_LEVELS.entrySet().stream()
                    .map(codec ->
                            codec.getKey().name().toLowerCase(Locale.ROOT) + (codec.getValue() == 0 ? "" : "[:LEVEL]"))
                    .collect(Collectors.joining(", "));

    /** Each column's own codec. */
    public static final Compression KEEP = new Compression(null, 0);

    /** @throws IllegalArgumentException for a codec that is not written, or a level that it does not have */
    public Compression {
        @Nullable Integer most = codec == null ? Integer.valueOf(0) : MAX_LEVELS.get(codec);
        if (most == null) {
            throw new IllegalArgumentException("pages are not written with the codec " + codec);
        }
        if (level < 0 || level > most) {
            throw new IllegalArgumentException(
                    most == 0 ? "it has no levels" : codec + " has the levels 1 to " + most + ", not " + level);
        }
    }

    /** Returns whether pages in {@code other}, a Thrift value, have to be compressed again to be like this. */
    public boolean isOtherThan(int other) {
        return codec != null && (codec.ordinal() != other || level != 0);
    }

    /** Returns the codec's name, with its level unless that is the default; empty for each column's own. */
    public String title() {
        return codec == null ? "" : level == 0 ? codec.name() : codec.name() + " at level " + level;
    }

    /** Returns the codec at its default level. */
    public static Compression of(CompressionCodec codec) {
        return new Compression(codec, 0);
    }

    /**
     * Reads a codec as people write it: {@code keep}, or its name, followed by {@code :LEVEL} where it has levels.
     *
     * @throws IllegalArgumentException with a sentence for people, for anything else
     */
    public static Compression parse(String text) {
        int colon = text.indexOf(':');
        String name = (colon < 0 ? text : text.substring(0, colon)).toUpperCase(Locale.ROOT);
        try {
            int level = colon < 0 ? 0 : level(text.substring(colon + 1));
            return new Compression(name.equals("KEEP") ? null : CompressionCodec.valueOf(name), level);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("'" + text + "': " + problem(name, e), e);
        }
    }

    private static int level(String text) {
        if (!text.matches("[1-9][0-9]?")) {
            throw new IllegalArgumentException("a level is a number from 1 on");
        }
        return Integer.parseInt(text);
    }

    private static String problem(String name, IllegalArgumentException e) {
        boolean known = name.equals("KEEP")
                || Arrays.stream(CompressionCodec.values())
                        .anyMatch(codec -> codec.name().equals(name));
        return known ? String.valueOf(e.getMessage()) : "none of " + FORMS;
    }
}
