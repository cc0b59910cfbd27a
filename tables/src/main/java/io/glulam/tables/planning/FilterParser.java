package io.glulam.tables.planning;

import io.glulam.tables.planning.FilterConditions.Comparison;
import io.glulam.tables.planning.FilterToken.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Parses a filter such as {@code day >= DATE '2026-11-01' AND country IN ('AT', 'DE')}: comparisons of a column with
 * literals, {@code IN}, {@code IS NULL}, {@code LIKE 'begin%'}, joined by {@code AND}, {@code OR}, {@code NOT} and brackets.
 * Not thread-safe.
 *
 * @param <C> a format's condition
 */
public final class FilterParser<C> {
    private static final int MAX_DEPTH = 100;
    /** A condition is made of two that hold others in turn. */
    private static final int MAX_CONDITIONS = 1000;

    private final String text;
    private final FilterConditions<C> conditions;
    private final List<FilterToken> tokens;
    private int at;
    private int depth;
    private int found;

    private FilterParser(String text, FilterConditions<C> conditions) {
        this.text = text;
        this.conditions = conditions;
        this.tokens = FilterToken.tokens(text);
    }

    /**
     * Parses a filter.
     *
     * @throws IllegalArgumentException with a sentence for people, if it is not one, or if {@code conditions} refuses it
     */
    public static <C> C parse(String text, FilterConditions<C> conditions) {
        FilterParser<C> parser = new FilterParser<>(text, conditions);
        C condition = parser.disjunction();
        if (parser.next().kind() != Kind.END) {
            throw parser.wrong("the end");
        }
        return condition;
    }

    private FilterToken next() {
        return tokens.get(Math.min(at++, tokens.size() - 1));
    }

    private boolean take(String word) {
        if (tokens.get(Math.min(at, tokens.size() - 1)).is(word)) {
            at++;
            return true;
        }
        return false;
    }

    private void require(String word) {
        if (!take(word)) {
            next();
            throw wrong("'" + word + "'");
        }
    }

    /** Names the token that was taken last. */
    private IllegalArgumentException wrong(String expected) {
        FilterToken found = tokens.get(Math.min(at, tokens.size()) - 1);
        return new IllegalArgumentException(
                "the filter '" + text + "' has '" + found.text() + "' where " + expected + " is expected");
    }

    private C disjunction() {
        C left = conjunction();
        while (take("OR")) {
            left = conditions.or(left, conjunction());
        }
        return left;
    }

    private C conjunction() {
        C left = negation();
        while (take("AND")) {
            left = conditions.and(left, negation());
        }
        return left;
    }

    private C negation() {
        if (++depth > MAX_DEPTH) {
            throw new IllegalArgumentException("the filter is nested too deeply");
        }
        try {
            if (take("NOT")) {
                return conditions.not(negation());
            }
            if (take("(")) {
                C inner = disjunction();
                require(")");
                return inner;
            }
            return predicate();
        } finally {
            depth--;
        }
    }

    private C predicate() {
        if (++found > MAX_CONDITIONS) {
            throw new IllegalArgumentException(
                    "the filter has more than " + MAX_CONDITIONS + " conditions; IN takes any number of literals");
        }
        FilterToken column = next();
        if (column.kind() != Kind.WORD && column.kind() != Kind.QUOTED_NAME) {
            throw wrong("a column");
        }
        String name = column.text();
        if (take("IS")) {
            boolean not = take("NOT");
            require("NULL");
            return negatedIf(not, conditions.isNull(name));
        }
        boolean not = take("NOT");
        if (take("IN")) {
            return negatedIf(not, conditions.in(name, literals()));
        }
        if (take("LIKE")) {
            return negatedIf(not, conditions.startsWith(name, prefix()));
        }
        if (not) {
            next();
            throw wrong("IN or LIKE");
        }
        FilterToken sign = next();
        Comparison comparison = sign.kind() == Kind.SIGN ? comparison(sign.text()) : null;
        if (comparison == null) {
            throw wrong("a comparison");
        }
        return conditions.compare(name, comparison, literal());
    }

    private C negatedIf(boolean not, C condition) {
        return not ? conditions.not(condition) : condition;
    }

    private static @Nullable Comparison comparison(String sign) {
        return switch (sign) {
            case "=" -> Comparison.EQUAL;
            case "<>", "!=" -> Comparison.NOT_EQUAL;
            case "<" -> Comparison.LESS;
            case "<=" -> Comparison.LESS_OR_EQUAL;
            case ">" -> Comparison.GREATER;
            case ">=" -> Comparison.GREATER_OR_EQUAL;
            default -> null;
        };
    }

    private List<FilterLiteral> literals() {
        require("(");
        List<FilterLiteral> values = new ArrayList<>();
        do {
            values.add(literal());
        } while (take(","));
        require(")");
        return values;
    }

    private String prefix() {
        FilterToken pattern = next();
        String like = pattern.text();
        int percent = like.indexOf('%');
        if (pattern.kind() != Kind.TEXT || percent < 0 || percent != like.length() - 1 || like.indexOf('_') >= 0) {
            throw wrong("a text such as 'begin%'");
        }
        return like.substring(0, percent);
    }

    private FilterLiteral literal() {
        FilterToken token = next();
        if (token.kind() == Kind.TEXT) {
            return new FilterLiteral(FilterLiteral.Kind.TEXT, token.text());
        }
        if (token.kind() == Kind.NUMBER) {
            return new FilterLiteral(FilterLiteral.Kind.NUMBER, token.text());
        }
        String word = token.kind() == Kind.WORD ? token.text().toUpperCase(Locale.ROOT) : "";
        return switch (word) {
            case "TRUE", "FALSE" -> new FilterLiteral(FilterLiteral.Kind.BOOLEAN, word.toLowerCase(Locale.ROOT));
            case "DATE" -> new FilterLiteral(FilterLiteral.Kind.DATE, quoted());
            case "TIMESTAMP" -> new FilterLiteral(FilterLiteral.Kind.TIMESTAMP, quoted());
            default -> throw wrong("a literal");
        };
    }

    private String quoted() {
        FilterToken token = next();
        if (token.kind() != Kind.TEXT) {
            throw wrong("a text in single quotes");
        }
        return token.text();
    }
}
