package io.glulam.tables.iceberg.plan;

import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.iceberg.Schema;
import org.apache.iceberg.exceptions.ValidationException;
import org.apache.iceberg.expressions.Binder;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.jspecify.annotations.Nullable;

/**
 * Parses a filter such as {@code day >= DATE '2026-11-01' AND country IN ('AT', 'DE')}: comparisons of a column with
 * literals, {@code IN}, {@code IS NULL}, {@code LIKE 'begin%'}, joined by {@code AND}, {@code OR}, {@code NOT} and brackets.
 * A file that may hold a row that the filter selects is selected, with all of its rows.
 */
public final class PartitionFilter {
    private static final Pattern TOKEN = Pattern.compile("\\s*(?:(?<text>'(?:[^']|'')*')"
            + "|(?<number>[-+]?[0-9]+(?:\\.[0-9]+)?(?:[eE][-+]?[0-9]+)?)"
            + "|(?<quoted>`[^`]+`|\"[^\"]+\")"
            + "|(?<word>[A-Za-z_][A-Za-z0-9_]*(?:\\.[A-Za-z_][A-Za-z0-9_]*)*)"
            + "|(?<sign><=|>=|<>|!=|[<>=(),]))");

    private static final int MAX_DEPTH = 100;

    private final String text;
    private final List<Token> tokens;
    private int at;
    private int depth;

    private enum Kind {
        TEXT,
        NUMBER,
        NAME,
        WORD,
        SIGN,
        END
    }

    private record Token(Kind kind, String text) {
        boolean is(String word) {
            return (kind == Kind.WORD || kind == Kind.SIGN) && text.equalsIgnoreCase(word);
        }
    }

    private PartitionFilter(String text) {
        this.text = text;
        this.tokens = tokens(text);
    }

    /**
     * Parses a filter.
     *
     * @param text null for all rows
     * @throws IllegalArgumentException with a sentence for people, if it is not one, or does not fit the schema
     */
    public static Expression parse(@Nullable String text, Schema schema) {
        if (text == null) {
            return Expressions.alwaysTrue();
        }
        PartitionFilter filter = new PartitionFilter(text);
        Expression expression = filter.disjunction();
        if (filter.next().kind() != Kind.END) {
            throw filter.wrong("the end");
        }
        try {
            Binder.bind(schema.asStruct(), expression, true);
        } catch (ValidationException | IllegalArgumentException | DateTimeException e) {
            throw new IllegalArgumentException("the filter does not fit the table: "
                    + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
        }
        return expression;
    }

    private static List<Token> tokens(String text) {
        List<Token> tokens = new ArrayList<>();
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
        tokens.add(new Token(Kind.END, "the end"));
        return tokens;
    }

    private static Token token(Matcher matcher) {
        String string = matcher.group("text");
        if (string != null) {
            return new Token(Kind.TEXT, string.substring(1, string.length() - 1).replace("''", "'"));
        }
        String number = matcher.group("number");
        if (number != null) {
            return new Token(Kind.NUMBER, number);
        }
        String quoted = matcher.group("quoted");
        if (quoted != null) {
            return new Token(Kind.NAME, quoted.substring(1, quoted.length() - 1));
        }
        String word = matcher.group("word");
        return word != null ? new Token(Kind.WORD, word) : new Token(Kind.SIGN, matcher.group("sign"));
    }

    private Token next() {
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
        Token found = tokens.get(Math.min(at, tokens.size()) - 1);
        return new IllegalArgumentException(
                "the filter '" + text + "' has '" + found.text() + "' where " + expected + " is expected");
    }

    private Expression disjunction() {
        Expression left = conjunction();
        while (take("OR")) {
            left = Expressions.or(left, conjunction());
        }
        return left;
    }

    private Expression conjunction() {
        Expression left = negation();
        while (take("AND")) {
            left = Expressions.and(left, negation());
        }
        return left;
    }

    private Expression negation() {
        if (++depth > MAX_DEPTH) {
            throw new IllegalArgumentException("the filter is nested too deeply");
        }
        try {
            if (take("NOT")) {
                return Expressions.not(negation());
            }
            if (take("(")) {
                Expression inner = disjunction();
                require(")");
                return inner;
            }
            return predicate();
        } finally {
            depth--;
        }
    }

    private Expression predicate() {
        Token column = next();
        if (column.kind() != Kind.WORD && column.kind() != Kind.NAME) {
            throw wrong("a column");
        }
        String name = column.text();
        if (take("IS")) {
            boolean not = take("NOT");
            require("NULL");
            return not ? Expressions.notNull(name) : Expressions.isNull(name);
        }
        boolean not = take("NOT");
        if (take("IN")) {
            List<Object> values = literals();
            return not ? Expressions.notIn(name, values) : Expressions.in(name, values);
        }
        if (take("LIKE")) {
            String prefix = prefix();
            return not ? Expressions.notStartsWith(name, prefix) : Expressions.startsWith(name, prefix);
        }
        if (not) {
            next();
            throw wrong("IN or LIKE");
        }
        Token sign = next();
        Expression.Operation operation = operation(sign);
        if (sign.kind() != Kind.SIGN || operation == null) {
            throw wrong("a comparison");
        }
        return Expressions.predicate(operation, name, literal());
    }

    private static Expression.@Nullable Operation operation(Token sign) {
        return switch (sign.text()) {
            case "=" -> Expression.Operation.EQ;
            case "<>", "!=" -> Expression.Operation.NOT_EQ;
            case "<" -> Expression.Operation.LT;
            case "<=" -> Expression.Operation.LT_EQ;
            case ">" -> Expression.Operation.GT;
            case ">=" -> Expression.Operation.GT_EQ;
            default -> null;
        };
    }

    private List<Object> literals() {
        require("(");
        List<Object> values = new ArrayList<>();
        do {
            values.add(literal());
        } while (take(","));
        require(")");
        return values;
    }

    private String prefix() {
        Token pattern = next();
        String like = pattern.text();
        int percent = like.indexOf('%');
        if (pattern.kind() != Kind.TEXT || percent < 0 || percent != like.length() - 1 || like.indexOf('_') >= 0) {
            throw wrong("a text such as 'begin%'");
        }
        return like.substring(0, percent);
    }

    private Object literal() {
        Token token = next();
        if (token.kind() == Kind.TEXT) {
            return token.text();
        }
        if (token.kind() == Kind.NUMBER) {
            try {
                return token.text().matches("[-+]?[0-9]+") ? (Object) Long.valueOf(token.text()) : number(token.text());
            } catch (NumberFormatException e) {
                throw wrong("a number of at most 64 bits");
            }
        }
        return switch (token.kind() == Kind.WORD ? token.text().toUpperCase(Locale.ROOT) : "") {
            case "TRUE" -> true;
            case "FALSE" -> false;
            // Iceberg reads dates and times of a column from their text.
            case "DATE" -> text();
            case "TIMESTAMP" -> text().replaceFirst("^([0-9-]+) ", "$1T");
            default -> throw wrong("a literal");
        };
    }

    /** A decimal column takes its digits; Iceberg does not turn floating-point numbers into decimals. */
    private static Object number(String text) {
        return text.indexOf('e') < 0 && text.indexOf('E') < 0 && text.length() <= 19
                ? (Object) new java.math.BigDecimal(text)
                : Double.valueOf(text);
    }

    private String text() {
        Token token = next();
        if (token.kind() != Kind.TEXT) {
            throw wrong("a text in single quotes");
        }
        return token.text();
    }
}
