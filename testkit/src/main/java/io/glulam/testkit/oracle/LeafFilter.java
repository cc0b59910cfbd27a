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
 * @param literals some for IN, none for IS_NULL and IS_NOT_NULL, one for the others
 */
record LeafFilter(FlatLeaf leaf, Operator operator, List<? extends Comparable<?>> literals) {
    enum Operator {
        EQUAL,
        LESS,
        IN,
        IS_NULL,
        IS_NOT_NULL,
        NULL_OR_EQUAL,
        NULL_OR_LESS,
        /** Not null, and less: the first says nothing new, but readers prune by both. */
        PRESENT_AND_LESS
    }

    /** The answer of brute force for one value; null is never equal to, less than or in anything. */
    boolean matches(Comparable<?> value) {
        return switch (operator) {
            case IS_NULL -> value == null;
            case IS_NOT_NULL -> value != null;
            case EQUAL, IN -> value != null && isAnyOf(value);
            case NULL_OR_EQUAL -> value == null || isAnyOf(value);
            case LESS, PRESENT_AND_LESS -> value != null && isLess(value);
            case NULL_OR_LESS -> value == null || isLess(value);
        };
    }

    private boolean isAnyOf(Comparable<?> value) {
        PrimitiveComparator<Object> order = leaf.type().comparator();
        return literals.stream().anyMatch(literal -> order.compare(value, literal) == 0);
    }

    private boolean isLess(Comparable<?> value) {
        PrimitiveComparator<Object> order = leaf.type().comparator();
        return order.compare(value, literals.get(0)) < 0;
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
        return switch (operator) {
            case LESS -> FilterApi.lt(column, literal(column));
            case NULL_OR_LESS -> FilterApi.or(FilterApi.eq(column, null), FilterApi.lt(column, literal(column)));
            case PRESENT_AND_LESS ->
                FilterApi.and(FilterApi.notEq(column, null), FilterApi.lt(column, literal(column)));
            default -> equality(column);
        };
    }

    private <T extends Comparable<T>, C extends Column<T> & SupportsEqNotEq> FilterPredicate equality(C column) {
        return switch (operator) {
            case EQUAL -> FilterApi.eq(column, literal(column));
            case IN -> {
                Set<T> values = new HashSet<>();
                literals.forEach(literal -> values.add(column.getColumnType().cast(literal)));
                yield FilterApi.in(column, values);
            }
            case IS_NULL -> FilterApi.eq(column, null);
            case IS_NOT_NULL -> FilterApi.notEq(column, null);
            case NULL_OR_EQUAL -> FilterApi.or(FilterApi.eq(column, null), FilterApi.eq(column, literal(column)));
            case LESS, NULL_OR_LESS, PRESENT_AND_LESS -> throw new IllegalArgumentException("no order among " + leaf);
        };
    }

    private <T extends Comparable<T>> T literal(Column<T> column) {
        return column.getColumnType().cast(literals.get(0));
    }

    @Override
    public String toString() {
        return "%s %s %s".formatted(leaf.dottedPath(), operator, literals);
    }
}
