package io.glulam.tables.iceberg.plan;

import io.glulam.tables.planning.FilterConditions;
import io.glulam.tables.planning.FilterLiteral;
import io.glulam.tables.planning.FilterParser;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.util.List;
import org.apache.iceberg.Schema;
import org.apache.iceberg.exceptions.ValidationException;
import org.apache.iceberg.expressions.Binder;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.jspecify.annotations.Nullable;

/**
 * Makes Iceberg's expression of a filter's text. A file that may hold a row that the filter selects is selected, with all of
 * its rows.
 */
public final class PartitionFilter {
    private PartitionFilter() {}

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
        Expression expression = FilterParser.parse(text, new IcebergConditions());
        try {
            Binder.bind(schema.asStruct(), expression, true);
        } catch (ValidationException | IllegalArgumentException | DateTimeException e) {
            throw new IllegalArgumentException("the filter does not fit the table: "
                    + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
        }
        return expression;
    }

    private static final class IcebergConditions implements FilterConditions<Expression> {
        @Override
        public Expression and(Expression left, Expression right) {
            return Expressions.and(left, right);
        }

        @Override
        public Expression or(Expression left, Expression right) {
            return Expressions.or(left, right);
        }

        @Override
        public Expression not(Expression condition) {
            return Expressions.not(condition);
        }

        @Override
        public Expression isNull(String column) {
            return Expressions.isNull(column);
        }

        @Override
        public Expression compare(String column, Comparison comparison, FilterLiteral literal) {
            Expression.Operation operation = switch (comparison) {
                case EQUAL -> Expression.Operation.EQ;
                case NOT_EQUAL -> Expression.Operation.NOT_EQ;
                case LESS -> Expression.Operation.LT;
                case LESS_OR_EQUAL -> Expression.Operation.LT_EQ;
                case GREATER -> Expression.Operation.GT;
                case GREATER_OR_EQUAL -> Expression.Operation.GT_EQ;
            };
            return Expressions.predicate(operation, column, value(literal));
        }

        @Override
        public Expression in(String column, List<FilterLiteral> literals) {
            return Expressions.in(
                    column, literals.stream().map(IcebergConditions::value).toList());
        }

        @Override
        public Expression startsWith(String column, String prefix) {
            return Expressions.startsWith(column, prefix);
        }

        /** Iceberg reads dates and times of a column from their text. */
        private static Object value(FilterLiteral literal) {
            return switch (literal.kind()) {
                case TEXT, DATE -> literal.text();
                case TIMESTAMP -> literal.text().replaceFirst("^([0-9-]+) ", "$1T");
                case BOOLEAN -> Boolean.valueOf(literal.text());
                case NUMBER -> number(literal.text());
            };
        }

        /** A decimal column takes its digits; Iceberg does not turn floating-point numbers into decimals. */
        private static Object number(String text) {
            if (!text.matches("[-+]?[0-9]+")) {
                boolean digits = text.indexOf('e') < 0 && text.indexOf('E') < 0 && text.length() <= 19;
                return digits ? (Object) new BigDecimal(text) : Double.valueOf(text);
            }
            try {
                return Long.valueOf(text);
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException("the filter's number " + text + " has more than 64 bits", e);
            }
        }
    }
}
