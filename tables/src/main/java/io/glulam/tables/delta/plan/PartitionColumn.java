package io.glulam.tables.delta.plan;

import io.glulam.tables.delta.files.Utf8;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A partition column that a filter names. */
record PartitionColumn(String name, String physicalName, String type) {
    /** Returns the column's value, comparable with those of literals; null for a null. */
    @Nullable
    Comparable<Object> value(Map<String, @Nullable String> partition) {
        String text = text(partition);
        return text == null ? null : comparable(text);
    }

    /** Returns the column's value as the log has it; null for a null, which the empty text means as well. */
    @Nullable
    String text(Map<String, @Nullable String> partition) {
        String text = partition.get(physicalName);
        return text == null || text.isEmpty() ? null : text;
    }

    @SuppressWarnings("unchecked") // Both sides of a comparison come from here, for one column.
    Comparable<Object> comparable(String text) {
        try {
            Comparable<?> value = switch (type) {
                case "byte", "short", "integer", "long", "decimal" -> new BigDecimal(text);
                case "date" -> LocalDate.parse(text);
                case "boolean" -> truth(text);
                case "string" -> Utf8.of(text);
                default ->
                    throw new IllegalArgumentException(
                            "a filter on column " + name + " of type " + type + " is not supported");
            };
            return (Comparable<Object>) value;
        } catch (NumberFormatException | DateTimeException e) {
            throw noValue(text, e);
        }
    }

    private Boolean truth(String text) {
        if (!PartitionKeys.isBoolean(text)) {
            throw noValue(text, null);
        }
        return Boolean.valueOf(text);
    }

    private IllegalArgumentException noValue(String text, @Nullable Exception cause) {
        return new IllegalArgumentException("'" + text + "' is no value of column " + name + " of type " + type, cause);
    }
}
