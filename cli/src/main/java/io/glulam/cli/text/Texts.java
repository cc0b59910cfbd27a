package io.glulam.cli.text;

import io.glulam.plan.Units;
import java.time.Duration;
import java.util.Locale;

/** Small pieces of text. */
public final class Texts {
    private Texts() {}

    /**
     * Text out of a file or of a name, made harmless: control characters, which could drive the terminal, as escapes,
     * so that it stays on one line.
     */
    public static String printable(String text) {
        StringBuilder safe = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isUnsafe(c)) {
                if (safe == null) {
                    safe = new StringBuilder(text.length() + 16).append(text, 0, i);
                }
                safe.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else if (safe != null) {
                safe.append(c);
            }
        }
        return safe == null ? text : safe.toString();
    }

    /** Whether a terminal could take a character for a command, or turn the direction of a line at it. */
    static boolean isUnsafe(char c) {
        int type = Character.getType(c);
        return type == Character.CONTROL
                || type == Character.FORMAT
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR;
    }

    /** {@code 0.4 ms}, {@code 450 ms}, {@code 3.2 s}, {@code 2 min 05 s}, {@code 1 h 02 min}. */
    public static String duration(Duration time) {
        double millis = time.toSeconds() * 1e3 + time.toNanosPart() / 1e6;
        if (millis < 999.5) {
            return String.format(Locale.ROOT, millis < 99.95 ? "%.1f ms" : "%.0f ms", millis);
        }
        if (millis < 99_950) {
            return String.format(Locale.ROOT, "%.1f s", millis / 1000);
        }
        long seconds = Math.round(millis / 1000);
        if (seconds < 3600) {
            return String.format(Locale.ROOT, "%d min %02d s", seconds / 60, seconds % 60);
        }
        long minutes = Math.round(seconds / 60.0);
        return String.format(Locale.ROOT, "%s h %02d min", Units.count(minutes / 60), minutes % 60);
    }

    /** {@code text}, cut to {@code width} characters with two dots at the end if it is longer. */
    public static String cut(String text, int width) {
        return text.length() <= width ? text : text.substring(0, Math.max(0, width - 2)) + "..";
    }

    /** {@code text}, cut in the middle to {@code width} characters, for names that differ at their ends. */
    public static String cutMiddle(String text, int width) {
        if (text.length() <= width) {
            return text;
        }
        int tail = (width - 2) / 2;
        return text.substring(0, width - 2 - tail) + ".." + text.substring(text.length() - tail);
    }

    /** {@code 1 row group}, {@code 1,200 row groups}. */
    public static String count(long number, String noun) {
        return Units.count(number) + " " + noun + (number == 1 ? "" : "s");
    }

    /** The words of a constant's name as they are typed: {@code HEALTHY_FIRST} as {@code healthy-first}. */
    public static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
