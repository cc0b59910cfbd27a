package io.glulam.tables.planning;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A part of a filter's text. */
record FilterToken(Kind kind, String text) {
    /** Possessive where it repeats: Java's matcher would call itself once for each round. */
    private static final Pattern TOKEN = Pattern.compile("\\s*(?:(?<text>'(?:[^']|'')*+')"
            + "|(?<number>[-+]?[0-9]+(?:\\.[0-9]+)?(?:[eE][-+]?[0-9]+)?)"
            + "|(?<quoted>`[^`]+`|\"[^\"]+\")"
            + "|(?<word>[A-Za-z_][A-Za-z0-9_]*(?:\\.[A-Za-z_][A-Za-z0-9_]*)*+)"
            + "|(?<sign><=|>=|<>|!=|[<>=(),]))");

    enum Kind {
        TEXT,
        NUMBER,
        QUOTED_NAME,
        WORD,
        SIGN,
        END
    }

    boolean is(String word) {
        return (kind == Kind.WORD || kind == Kind.SIGN) && text.equalsIgnoreCase(word);
    }

    /** Returns the tokens of a filter, {@code END} last. */
    static List<FilterToken> tokens(String text) {
        List<FilterToken> tokens = new ArrayList<>();
        Matcher matcher = TOKEN.matcher(text);
        int end = 0;
        while (matcher.find() && matcher.start() == end) {
            end = matcher.end();
            tokens.add(token(matcher));
        }
        if (!text.substring(end).isBlank()) {
            throw new IllegalArgumentException(
                    "the filter cannot be read from '" + text.substring(end).strip() + "' on");
        }
        tokens.add(new FilterToken(Kind.END, "the end"));
        return tokens;
    }

    private static FilterToken token(Matcher matcher) {
        String string = matcher.group("text");
        if (string != null) {
            return new FilterToken(
                    Kind.TEXT, string.substring(1, string.length() - 1).replace("''", "'"));
        }
        String number = matcher.group("number");
        if (number != null) {
            return new FilterToken(Kind.NUMBER, number);
        }
        String quoted = matcher.group("quoted");
        if (quoted != null) {
            return new FilterToken(Kind.QUOTED_NAME, quoted.substring(1, quoted.length() - 1));
        }
        String word = matcher.group("word");
        return word != null ? new FilterToken(Kind.WORD, word) : new FilterToken(Kind.SIGN, matcher.group("sign"));
    }
}
