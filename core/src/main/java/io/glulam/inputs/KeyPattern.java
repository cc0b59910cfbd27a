package io.glulam.inputs;

import java.util.regex.Pattern;

/** Patterns of paths and keys: {@code *} is anything but a slash, {@code **} anything, {@code ?} one character but a slash. */
public final class KeyPattern {
    private KeyPattern() {}

    /** Returns where the first {@code *} or {@code ?} stands; the text's length if there is none. */
    public static int firstWild(String text) {
        int wild = 0;
        while (wild < text.length() && text.charAt(wild) != '*' && text.charAt(wild) != '?') {
            wild++;
        }
        return wild;
    }

    /** Returns the regular expression of a pattern. */
    public static Pattern of(String pattern) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < pattern.length(); ) {
            // A character of two code units must not be divided: its halves match nothing.
            int c = pattern.codePointAt(i);
            i += Character.charCount(c);
            if (c == '*' && i < pattern.length() && pattern.charAt(i) == '*') {
                regex.append(".*");
                i++;
            } else if (c == '*') {
                regex.append("[^/]*");
            } else if (c == '?') {
                regex.append("[^/]");
            } else {
                regex.append(Pattern.quote(Character.toString(c)));
            }
        }
        return Pattern.compile(regex.toString(), Pattern.DOTALL);
    }
}
