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
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c == '*' && i + 1 < pattern.length() && pattern.charAt(i + 1) == '*') {
                regex.append(".*");
                i++;
            } else if (c == '*') {
                regex.append("[^/]*");
            } else if (c == '?') {
                regex.append("[^/]");
            } else {
                regex.append(Pattern.quote(String.valueOf(c)));
            }
        }
        return Pattern.compile(regex.toString());
    }
}
