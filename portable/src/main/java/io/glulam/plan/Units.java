package io.glulam.plan;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Prints and reads numbers as people write them, the same in every locale. */
public final class Units {
    private static final String[] SIZES = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};

    private static final Pattern SIZE =
            Pattern.compile("([0-9]{1,18}(?:\\.[0-9]{1,9})?)\\s*([a-z]{0,3})", Pattern.CASE_INSENSITIVE);

    /** Bytes of each unit. A letter alone counts as in the flags of Java: {@code 128M} is 128 MiB. */
    private static final Map<String, Long> FACTORS = Map.ofEntries(
            Map.entry("", 1L),
            Map.entry("b", 1L),
            Map.entry("kb", 1_000L),
            Map.entry("mb", 1_000_000L),
            Map.entry("gb", 1_000_000_000L),
            Map.entry("tb", 1_000_000_000_000L),
            Map.entry("k", 1L << 10),
            Map.entry("m", 1L << 20),
            Map.entry("g", 1L << 30),
            Map.entry("t", 1L << 40),
            Map.entry("kib", 1L << 10),
            Map.entry("mib", 1L << 20),
            Map.entry("gib", 1L << 30),
            Map.entry("tib", 1L << 40));

    private Units() {}

    /** {@code 512 B}, {@code 1.4 MiB}, {@code 128 MiB}. */
    public static String size(long bytes) {
        if (bytes > -1024 && bytes < 1024) {
            return bytes + " B";
        }
        double value = bytes;
        int unit = 0;
        // A value that would be printed as 1024 is 1.0 of the next unit.
        while (Math.abs(value) >= 1023.5 && unit < SIZES.length - 1) {
            value /= 1024;
            unit++;
        }
        return rounded(value) + " " + SIZES[unit];
    }

    /** {@code 1,048,576}. */
    public static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** {@code 31.4 %} of a whole; {@code 0.0 %} of nothing. */
    public static String percent(long part, long whole) {
        return String.format(Locale.ROOT, "%.1f %%", whole == 0 ? 0 : 100.0 * part / whole);
    }

    /**
     * Reads {@code 2MiB}, {@code 2 MB}, {@code 1.5GiB}, {@code 128M} or a plain number of bytes, in upper or lower case.
     *
     * @throws IllegalArgumentException with a sentence for people, if it is no size or too large a one
     */
    public static long parseSize(String text) {
        Matcher matcher = SIZE.matcher(text.strip());
        Long factor = matcher.matches() ? FACTORS.get(matcher.group(2).toLowerCase(Locale.ROOT)) : null;
        if (factor == null) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a size; write it like 2MiB, 1.5GB or as a number of bytes");
        }
        BigDecimal bytes = new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(factor));
        if (bytes.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
            throw new IllegalArgumentException("'" + text + "' is more than any file holds");
        }
        return bytes.setScale(0, RoundingMode.HALF_UP).longValueExact();
    }

    /** With one digit after the point below 100, none from there on. */
    private static String rounded(double value) {
        return String.format(Locale.ROOT, Math.abs(value) < 99.95 ? "%.1f" : "%,.0f", value);
    }
}
