package io.glulam.tables.delta.plan;

import io.glulam.tables.delta.log.DeltaField;
import io.glulam.tables.delta.log.DeltaType;
import io.glulam.tables.delta.log.TableVersion;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tells which partition values are the same. One value has several spellings in the log; spellings whose meaning depends on a
 * reader's settings, such as those of timestamps without a zone, are the same only if their text is.
 */
public final class PartitionKeys {
    private record Column(String name, String physicalName, String type) {}

    private final List<Column> columns = new ArrayList<>();

    public PartitionKeys(TableVersion version) {
        for (String name : version.partitionColumns()) {
            DeltaField field = version.fields().stream()
                    .filter(candidate -> candidate.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("no column for the partition column " + name));
            String type = field.type() instanceof DeltaType.Primitive primitive ? primitive.name() : "";
            columns.add(new Column(name, field.physicalName(), type));
        }
    }

    /** Returns a key that files have in common if their partition values are the same. */
    public List<@Nullable String> key(Map<String, @Nullable String> values) {
        List<@Nullable String> key = new ArrayList<>(columns.size());
        columns.forEach(column -> key.add(normalized(values.get(column.physicalName()), column.type())));
        return key;
    }

    /** Returns the partition for people, such as {@code day=2026-11-01/kind=null}; empty for a table without partitions. */
    String name(Map<String, @Nullable String> values) {
        List<String> parts = new ArrayList<>();
        columns.forEach(column -> parts.add(column.name() + "=" + values.get(column.physicalName())));
        return String.join("/", parts);
    }

    static @Nullable String normalized(@Nullable String value, String type) {
        if (value == null || value.isEmpty()) {
            return null;
        }
        try {
            return switch (type) {
                case "byte", "short", "integer", "long" -> new BigInteger(value).toString();
                // Without trailing zeros a number has one text; the plain one would write a large exponent out as
                // zeros.
                case "decimal" -> new BigDecimal(value).stripTrailingZeros().toString();
                case "date" -> LocalDate.parse(value).toString();
                case "boolean" -> isBoolean(value) ? value.toLowerCase(Locale.ROOT) : value;
                case "timestamp" -> value.endsWith("Z") ? Instant.parse(value).toString() : value;
                default -> value;
            };
        } catch (ArithmeticException | NumberFormatException | DateTimeException e) {
            return value;
        }
    }

    static boolean isBoolean(String value) {
        return value.equalsIgnoreCase("true") || value.equalsIgnoreCase("false");
    }
}
