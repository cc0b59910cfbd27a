package io.glulam.tables.delta.plan;

import io.glulam.tables.delta.log.DeltaField;
import io.glulam.tables.delta.log.DeltaType;
import io.glulam.tables.delta.log.TableVersion;
import io.glulam.tables.planning.FilterConditions;
import io.glulam.tables.planning.FilterLiteral;
import io.glulam.tables.planning.FilterParser;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A filter on partition columns. As in SQL, a comparison with null is neither true nor false. Immutable. */
final class PartitionFilter {
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
        return new PartitionFilter(
                text == null ? partition -> true : FilterParser.parse(text, new PartitionConditions(version)));
    }

    /** Returns whether a file with these values of the partition columns is selected. */
    boolean selects(Map<String, @Nullable String> partition) {
        return Boolean.TRUE.equals(condition.holds(partition));
    }

    private record PartitionConditions(TableVersion version) implements FilterConditions<Condition> {
        @Override
        public Condition and(Condition left, Condition right) {
            return partition -> and(left.holds(partition), right.holds(partition));
        }

        @Override
        public Condition or(Condition left, Condition right) {
            return partition -> not(and(not(left.holds(partition)), not(right.holds(partition))));
        }

        @Override
        public Condition not(Condition condition) {
            return partition -> not(condition.holds(partition));
        }

        @Override
        public Condition isNull(String name) {
            PartitionColumn column = column(name);
            return partition -> column.text(partition) == null;
        }

        @Override
        public Condition compare(String name, Comparison comparison, FilterLiteral literal) {
            PartitionColumn column = column(name);
            Comparable<Object> other = column.comparable(literal.text());
            return partition -> {
                Comparable<Object> value = column.value(partition);
                return value == null ? null : holds(comparison, value.compareTo(other));
            };
        }

        @Override
        public Condition in(String name, List<FilterLiteral> literals) {
            PartitionColumn column = column(name);
            List<Comparable<Object>> others = literals.stream()
                    .map(literal -> column.comparable(literal.text()))
                    .toList();
            return partition -> {
                Comparable<Object> value = column.value(partition);
                return value == null ? null : others.stream().anyMatch(other -> value.compareTo(other) == 0);
            };
        }

        @Override
        public Condition startsWith(String name, String prefix) {
            PartitionColumn column = column(name);
            if (!column.type().equals("string")) {
                throw new IllegalArgumentException(
                        "LIKE compares texts, and column " + column.name() + " is of type " + column.type());
            }
            return partition -> {
                String value = column.text(partition);
                return value == null ? null : value.startsWith(prefix);
            };
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

        private static boolean holds(Comparison comparison, int order) {
            return switch (comparison) {
                case EQUAL -> order == 0;
                case NOT_EQUAL -> order != 0;
                case LESS -> order < 0;
                case LESS_OR_EQUAL -> order <= 0;
                case GREATER -> order > 0;
                case GREATER_OR_EQUAL -> order >= 0;
            };
        }

        private PartitionColumn column(String name) {
            for (DeltaField field : version.fields()) {
                if (field.name().equalsIgnoreCase(name)
                        && version.partitionColumns().contains(field.name())) {
                    String type = field.type() instanceof DeltaType.Primitive primitive ? primitive.name() : "struct";
                    return new PartitionColumn(field.name(), field.physicalName(), type);
                }
            }
            throw new IllegalArgumentException("the filter names '" + name
                    + "', which is none of the columns that partition the table: " + version.partitionColumns());
        }
    }
}
