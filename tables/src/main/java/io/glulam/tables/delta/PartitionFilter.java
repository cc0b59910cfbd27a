package io.glulam.tables.delta;

import io.glulam.tables.delta.log.DeltaField;
import io.glulam.tables.delta.log.DeltaType;
import io.glulam.tables.delta.log.TableVersion;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A filter on partition columns, such as {@code day >= DATE '2026-11-01' AND country IN ('AT', 'DE')}: comparisons of a column
 * with a literal, {@code IN} and {@code IS NULL}, joined by {@code AND}, {@code OR}, {@code NOT} and brackets. As in SQL, a
 * comparison with null is neither true nor false. Immutable.
 */
final class PartitionFilter {
    private static final Pattern TOKEN = Pattern.compile("\\s*(?:(?<text>'(?:[^']|'')*')"
            + "|(?<number>[-+]?[0-9]+(?:\\.[0-9]+)?)"
            + "|(?<quoted>`[^`]+`)"
            + "|(?<word>[A-Za-z_][A-Za-z0-9_]*)"
            + "|(?<sign><=|>=|<>|!=|[<>=(),]))");

    private static final int MAX_DEPTH = 100;

    /** A condition: true, false, or null for neither. */
    private interface Condition {
        @Nullable
        Boolean holds(Map<String, @Nullable String> partition);
    }

    private final Condition condition;

    private PartitionFilter(Condition condition) {
        this.condition = condition;
    }

    /**
     * Parses a filter.
     *
     * @param text null for all files
     * @throws IllegalArgumentException with a sentence for people, if it is none, or names another column than one that
     *     partitions the table
     */
    static PartitionFilter of(@Nullable String text, TableVersion version) {
        return new PartitionFilter(text == null ? partition -> true : new Parser(text, version).parse());
    }

    /** Returns whether a file with these values of the partition columns is selected. */
    boolean selects(Map<String, @Nullable String> partition) {
        return Boolean.TRUE.equals(condition.holds(partition));
    }

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

    /** A partition column. */
    private record Column(String name, String physicalName, String type) {
        /** Returns the column's value, comparable with those of literals; null for a null. */
        @Nullable
        Comparable<Object> value(Map<String, @Nullable String> partition) {
            String text = partition.get(physicalName);
            return text == null || text.isEmpty() ? null : comparable(text);
        }

        @SuppressWarnings("unchecked") // Both sides of a comparison come from here, for one column.
        Comparable<Object> comparable(String text) {
            try {
                Comparable<?> value = switch (type) {
                    case "byte", "short", "integer", "long", "decimal" -> new BigDecimal(text);
                    case "date" -> LocalDate.parse(text);
                    case "boolean" -> Boolean.valueOf(text);
                    case "string" -> new Utf8(text.getBytes(StandardCharsets.UTF_8));
                    default ->
                        throw new IllegalArgumentException(
                                "a filter on column " + name + " of type " + type + " is not supported");
                };
                return (Comparable<Object>) value;
            } catch (NumberFormatException | DateTimeException e) {
                throw new IllegalArgumentException(
                        "'" + text + "' is no value of column " + name + " of type " + type, e);
            }
        }
    }

    /** Text in the order of its bytes. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Utf8(byte[] bytes) implements Comparable<Utf8> {
        @Override
        public int compareTo(Utf8 other) {
            return Arrays.compareUnsigned(bytes, other.bytes);
        }
    }

    /** Reads one filter. */
    private static final class Parser {
        private final String text;
        private final TableVersion version;
        private final List<Token> tokens = new ArrayList<>();
        private int at;
        private int depth;

        Parser(String text, TableVersion version) {
            this.text = text;
            this.version = version;
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
        }

        private static Token token(Matcher matcher) {
            String string = matcher.group("text");
            if (string != null) {
                return new Token(
                        Kind.TEXT, string.substring(1, string.length() - 1).replace("''", "'"));
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

        Condition parse() {
            Condition condition = disjunction();
            if (next().kind() != Kind.END) {
                throw wrong("the end");
            }
            return condition;
        }

        private Token next() {
            return tokens.get(Math.min(at++, tokens.size() - 1));
        }

        private boolean take(String word) {
            boolean found = tokens.get(Math.min(at, tokens.size() - 1)).is(word);
            at += found ? 1 : 0;
            return found;
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

        private Condition disjunction() {
            Condition left = conjunction();
            while (take("OR")) {
                Condition first = left;
                Condition second = conjunction();
                left = partition -> not(and(not(first.holds(partition)), not(second.holds(partition))));
            }
            return left;
        }

        private Condition conjunction() {
            Condition left = negation();
            while (take("AND")) {
                Condition first = left;
                Condition second = negation();
                left = partition -> and(first.holds(partition), second.holds(partition));
            }
            return left;
        }

        private static @Nullable Boolean not(@Nullable Boolean value) {
            return value == null ? null : !value;
        }

        private static @Nullable Boolean and(@Nullable Boolean left, @Nullable Boolean right) {
            if (Boolean.FALSE.equals(left) || Boolean.FALSE.equals(right)) {
                return false;
            }
            return left == null || right == null ? null : Boolean.TRUE;
        }

        private Condition negation() {
            if (++depth > MAX_DEPTH) {
                throw new IllegalArgumentException("the filter is nested too deeply");
            }
            try {
                if (take("NOT")) {
                    Condition inner = negation();
                    return partition -> not(inner.holds(partition));
                }
                if (take("(")) {
                    Condition inner = disjunction();
                    require(")");
                    return inner;
                }
                return predicate();
            } finally {
                depth--;
            }
        }

        private Condition predicate() {
            Column column = column();
            if (take("IS")) {
                boolean not = take("NOT");
                require("NULL");
                return partition -> (column.value(partition) == null) != not;
            }
            boolean not = take("NOT");
            if (take("IN")) {
                List<Comparable<Object>> values = literals(column);
                return partition -> in(column.value(partition), values, not);
            }
            if (not) {
                next();
                throw wrong("IN");
            }
            Token sign = next();
            if (sign.kind() != Kind.SIGN || "(),".contains(sign.text())) {
                throw wrong("a comparison");
            }
            Comparable<Object> literal = literal(column);
            return partition -> compared(column.value(partition), sign.text(), literal);
        }

        private static @Nullable Boolean in(
                @Nullable Comparable<Object> value, List<Comparable<Object>> values, boolean not) {
            return value == null ? null : values.stream().anyMatch(one -> value.compareTo(one) == 0) != not;
        }

        private static @Nullable Boolean compared(
                @Nullable Comparable<Object> value, String sign, Comparable<Object> literal) {
            if (value == null) {
                return null;
            }
            int order = value.compareTo(literal);
            return switch (sign) {
                case "=" -> order == 0;
                case "<" -> order < 0;
                case "<=" -> order <= 0;
                case ">" -> order > 0;
                case ">=" -> order >= 0;
                default -> order != 0;
            };
        }

        private Column column() {
            Token token = next();
            if (token.kind() != Kind.WORD && token.kind() != Kind.NAME) {
                throw wrong("a column");
            }
            for (DeltaField field : version.fields()) {
                boolean named = field.name().equalsIgnoreCase(token.text());
                if (named && version.partitionColumns().contains(field.name())) {
                    String type = field.type() instanceof DeltaType.Primitive primitive ? primitive.name() : "struct";
                    return new Column(field.name(), field.physicalName(), type);
                }
            }
            throw new IllegalArgumentException("the filter names '" + token.text()
                    + "', which is none of the columns that partition the table: " + version.partitionColumns());
        }

        private List<Comparable<Object>> literals(Column column) {
            require("(");
            List<Comparable<Object>> values = new ArrayList<>();
            do {
                values.add(literal(column));
            } while (take(","));
            require(")");
            return values;
        }

        private Comparable<Object> literal(Column column) {
            Token token = next();
            if (token.kind() == Kind.TEXT || token.kind() == Kind.NUMBER) {
                return column.comparable(token.text());
            }
            String word = token.kind() == Kind.WORD ? token.text().toUpperCase(Locale.ROOT) : "";
            if (word.equals("DATE")) {
                Token date = next();
                if (date.kind() == Kind.TEXT) {
                    return column.comparable(date.text());
                }
                throw wrong("a text in single quotes");
            }
            if (word.equals("TRUE") || word.equals("FALSE")) {
                return column.comparable(word.toLowerCase(Locale.ROOT));
            }
            throw wrong("a literal");
        }
    }
}
