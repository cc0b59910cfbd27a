package io.glulam.tables.delta.files;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The orders of values in statistics. Comparing throws {@link IllegalArgumentException} where a text is no value of the type.
 */
final class StatisticsOrder {
    private StatisticsOrder() {}

    /** Returns the order of a type's values; null for types without bounds. */
    static @Nullable Comparator<JsonNode> of(String type) {
        return switch (type) {
            case "byte", "short", "integer", "long", "decimal" -> by(StatisticsOrder::number);
            case "float", "double" -> by(StatisticsOrder::floating);
            case "string" -> by(node -> Utf8.of(text(node)));
            case "date" -> by(StatisticsOrder::date);
            case "timestamp" -> by(StatisticsOrder::instant);
            case "timestamp_ntz" -> by(StatisticsOrder::dateTime);
            default -> null;
        };
    }

    /**
     * Returns what makes values of a type's bounds by which files are put in order; null for types by which they are not. Of
     * floating-point columns writers differ in whether bounds tell of NaN.
     */
    static @Nullable Function<JsonNode, Comparable<?>> key(String type) {
        return switch (type) {
            case "byte", "short", "integer", "long" -> StatisticsOrder::whole;
            case "decimal" -> StatisticsOrder::number;
            case "string" -> node -> Utf8.of(text(node));
            case "date" -> StatisticsOrder::date;
            case "timestamp" -> StatisticsOrder::instant;
            case "timestamp_ntz" -> StatisticsOrder::dateTime;
            default -> null;
        };
    }

    private static Long whole(JsonNode node) {
        if (!node.isIntegralNumber() || !node.canConvertToLong()) {
            throw new IllegalArgumentException("no whole number: " + node);
        }
        return node.longValue();
    }

    private static <T extends Comparable<T>> Comparator<JsonNode> by(Function<JsonNode, T> value) {
        return (left, right) -> value.apply(left).compareTo(value.apply(right));
    }

    private static BigDecimal number(JsonNode node) {
        if (!node.isNumber()) {
            throw new IllegalArgumentException("no number: " + node);
        }
        return node.decimalValue();
    }

    /** Spark, which writes the texts, sorts NaN after all numbers, as Java does. */
    private static Double floating(JsonNode node) {
        if (node.isNumber()) {
            return node.doubleValue();
        }
        return switch (text(node)) {
            case "NaN" -> Double.NaN;
            case "Infinity" -> Double.POSITIVE_INFINITY;
            case "-Infinity" -> Double.NEGATIVE_INFINITY;
            default -> throw new IllegalArgumentException("no number: " + node);
        };
    }

    private static LocalDate date(JsonNode node) {
        return parsed(node, LocalDate::parse);
    }

    private static Instant instant(JsonNode node) {
        return parsed(node, text -> OffsetDateTime.parse(text).toInstant());
    }

    /** A column that was widened from dates has bounds that are dates. */
    private static LocalDateTime dateTime(JsonNode node) {
        return parsed(
                node, text -> text.indexOf('T') < 0 ? LocalDate.parse(text).atStartOfDay() : LocalDateTime.parse(text));
    }

    private static <T> T parsed(JsonNode node, Function<String, T> parse) {
        try {
            return parse.apply(text(node));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("no date or time: " + node, e);
        }
    }

    private static String text(JsonNode node) {
        if (!node.isTextual()) {
            throw new IllegalArgumentException("no text: " + node);
        }
        return node.textValue();
    }
}
