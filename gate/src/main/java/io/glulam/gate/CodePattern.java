package io.glulam.gate;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Code to be found in a source, whatever the formatter did to it: white space between words and signs does not count,
 * and words are found as whole words only.
 */
final class CodePattern {
    private static final Pattern TOKEN = Pattern.compile("\\w+|\\S");

    private final Pattern pattern;

    CodePattern(String code) {
        StringBuilder regex = new StringBuilder();
        boolean wordBefore = false;
        for (Matcher token = TOKEN.matcher(code); token.find(); ) {
            boolean word = Character.isJavaIdentifierPart(token.group().charAt(0));
            if (regex.isEmpty()) {
                regex.append(word ? "(?<!\\w)" : "");
            } else {
                regex.append(wordBefore && word ? "\\s+" : "\\s*");
            }
            regex.append(Pattern.quote(token.group()));
            wordBefore = word;
        }
        regex.append(wordBefore ? "(?!\\w)" : "");
        pattern = Pattern.compile(regex.toString());
    }

    /** Returns how often the code occurs. */
    int count(String source) {
        return (int) pattern.matcher(source).results().count();
    }

    /** Returns the source with other code in the place of the first occurrence. */
    String replaceFirst(String source, String code) {
        return pattern.matcher(source).replaceFirst(Matcher.quoteReplacement(code.strip()));
    }
}
