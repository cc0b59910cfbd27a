package io.glulam.cli.text;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes and times as people write and read them. */
public final class Sizes {
    private static final Pattern SIZE = Pattern.compile("([0-9]{1,15}(?:\\.[0-9]{1,6})?) ?([A-Za-z]{0,3})");
    private static final Map<String, Long> UNITS = Map.of(
            "", 1L,
            "b", 1L,
            "kib", 1L << 10,
            "k", 1L << 10,
            "mib", 1L << 20,
            "m", 1L << 20,
            "gib", 1L << 30,
            "g", 1L << 30,
            "kb", 1_000L,
            "mb", 1_000_000L);
    private static final String[] NAMES = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};

    private Sizes() {}

    /**
     * Reads {@code 2MiB}, {@code 1.5 GB}, {@code 4096}: K, M and G alone are binary.
     *
     * @throws IllegalArgumentException if it is no size, or is not a whole number of bytes up to a pebibyte
     */
    public static long parse(String text) {
        Matcher matcher = SIZE.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("'" + text + "' is not a size; say 2MiB, for example");
        }
        String unit = matcher.group(2).toLowerCase(Locale.ROOT);
        Long factor = unit.equals("gb") ? Long.valueOf(1_000_000_000L) : UNITS.get(unit);
        if (factor == null) {
            throw new IllegalArgumentException(
                    "'" + text + "' has an unknown unit; there are B, KiB, MiB, GiB, KB, MB and GB");
        }
        double bytes = Double.parseDouble(matcher.group(1)) * factor;
        if (bytes > 1L << 50) {
            throw new IllegalArgumentException("'" + text + "' is larger than 1024 TiB");
        }
        return Math.round(bytes);
    }

    /** {@code 512 B}, {@code 1.4 MiB}, {@code 120 MiB}. */
    public static String text(long bytes) {
        double value = bytes;
        int unit = 0;
        while (value >= 1023.95 && unit < NAMES.length - 1) {
            value /= 1024;
            unit++;
        }
        boolean whole = unit == 0 || value == Math.rint(value) || value >= 99.95;
        return String.format(Locale.ROOT, whole ? "%.0f %s" : "%.1f %s", value, NAMES[unit]);
    }

    /** {@code 35 ms}, {@code 3.2 s}, {@code 2 min 5 s}. */
    public static String text(Duration time) {
        long millis = time.toMillis();
        if (millis < 1_000) {
            return millis + " ms";
        }
        if (millis < 60_000) {
            return String.format(Locale.ROOT, "%.1f s", millis / 1e3);
        }
        return millis / 60_000 + " min " + millis / 1_000 % 60 + " s";
    }
}
