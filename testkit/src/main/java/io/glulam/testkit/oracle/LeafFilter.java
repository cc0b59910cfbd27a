package io.glulam.testkit.oracle;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.parquet.filter2.predicate.FilterApi;
import org.apache.parquet.filter2.predicate.FilterPredicate;
import org.apache.parquet.filter2.predicate.Operators.Column;
import org.apache.parquet.filter2.predicate.Operators.SupportsEqNotEq;
import org.apache.parquet.filter2.predicate.Operators.SupportsLtGt;
import org.apache.parquet.schema.PrimitiveComparator;

/**
 * A filter on one leaf.
 *
 * @param literals one for {@code =} and {@code <}, some for IN, none for the others
 */
record LeafFilter(FlatLeaf leaf, Operator operator, List<? extends Comparable<?>> literals) {
    enum Operator {
        EQUAL,
        LESS,
        IN,
        IS_NULL,
        IS_NOT_NULL
    }

    /** The answer of brute force for one value; null is never equal to, less than or in anything. */
    boolean matches(Comparable<?> value) {
        if (operator == Operator.IS_NULL || operator == Operator.IS_NOT_NULL) {
            return (value == null) == (operator == Operator.IS_NULL);
        }
        if (value == null) {
            return false;
        }
        PrimitiveComparator<Object> order = leaf.type().comparator();
        return operator == Operator.LESS
                ? order.compare(value, literals.get(0)) < 0
                : literals.stream().anyMatch(literal -> order.compare(value, literal) == 0);
    }

    FilterPredicate toPredicate() {
        String path = leaf.dottedPath();
        return switch (leaf.type().getPrimitiveTypeName()) {
            case BOOLEAN -> equality(FilterApi.booleanColumn(path));
            case INT32 -> ordering(FilterApi.intColumn(path));
            case INT64 -> ordering(FilterApi.longColumn(path));
            case FLOAT -> ordering(FilterApi.floatColumn(path));
            case DOUBLE -> ordering(FilterApi.doubleColumn(path));
            case BINARY, FIXED_LEN_BYTE_ARRAY -> ordering(FilterApi.binaryColumn(path));
            case INT96 -> throw new IllegalArgumentException("no filters on INT96");
        };
    }

    private <T extends Comparable<T>, C extends Column<T> & SupportsLtGt> FilterPredicate ordering(C column) {
        return operator == Operator.LESS
                ? FilterApi.lt(column, column.getColumnType().cast(literals.get(0)))
                : equality(column);
    }

    private <T extends Comparable<T>, C extends Column<T> & SupportsEqNotEq> FilterPredicate equality(C column) {
        return switch (operator) {
            case EQUAL -> FilterApi.eq(column, column.getColumnType().cast(literals.get(0)));
            case IN -> {
                Set<T> values = new HashSet<>();
                literals.forEach(literal -> values.add(column.getColumnType().cast(literal)));
                yield FilterApi.in(column, values);
            }
            case IS_NULL -> FilterApi.eq(column, null);
            case IS_NOT_NULL -> FilterApi.notEq(column, null);
            case LESS -> throw new IllegalArgumentException("no order among " + leaf);
        };
    }

    @Override
    public String toString() {
        return "%s %s %s".formatted(leaf.dottedPath(), operator, literals);
    }
}
