package io.glulam.testkit.oracle;

import io.glulam.testkit.oracle.LeafFilter.Operator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation.Float16LogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveComparator;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/**
 * Draws filters whose literals are values of the data, their neighbours, or its extremes. NaN is never a literal:
 * readers disagree about it, and writers leave it out of bounds.
 */
final class FilterSampler {
    private final Random random;

    FilterSampler(Random random) {
        this.random = random;
    }

    /** Filters on a leaf with these values, nulls among them. */
    List<LeafFilter> sample(FlatLeaf leaf, List<? extends Comparable<?>> values) {
        List<LeafFilter> filters = new ArrayList<>();
        filters.add(new LeafFilter(leaf, Operator.IS_NULL, List.of()));
        filters.add(new LeafFilter(leaf, Operator.IS_NOT_NULL, List.of()));
        List<? extends Comparable<?>> literals = values.stream()
                .filter(value -> value != null && !isNaN(leaf, value))
                .toList();
        if (literals.isEmpty()) {
            return filters;
        }
        PrimitiveComparator<Object> order = leaf.type().comparator();
        Comparable<?> any = literals.get(random.nextInt(literals.size()));
        Comparable<?> least = literals.stream().min(order::compare).orElseThrow();
        Comparable<?> greatest = literals.stream().max(order::compare).orElseThrow();
        Comparable<?> neighbour = neighbour(any);
        if (leaf.type().getPrimitiveTypeName() != PrimitiveTypeName.BOOLEAN) {
            for (Comparable<?> literal : List.of(any, least, greatest, neighbour(greatest))) {
                filters.add(new LeafFilter(leaf, Operator.LESS, List.of(literal)));
            }
        }
        if (leaf.hasCanonicalBytes()) {
            for (Comparable<?> literal : List.of(any, least, greatest, neighbour)) {
                filters.add(new LeafFilter(leaf, Operator.EQUAL, List.of(literal)));
            }
            filters.add(new LeafFilter(leaf, Operator.IN, List.of(any, neighbour, greatest)));
            filters.add(new LeafFilter(leaf, Operator.IN, List.of(neighbour)));
        }
        return filters;
    }

    /** Filters of two conditions on the literals of those of one. */
    static List<LeafFilter> compound(List<LeafFilter> single) {
        List<LeafFilter> filters = new ArrayList<>();
        for (LeafFilter filter : single) {
            if (filter.operator() == Operator.EQUAL) {
                filters.add(new LeafFilter(filter.leaf(), Operator.NULL_OR_EQUAL, filter.literals()));
            } else if (filter.operator() == Operator.LESS) {
                filters.add(new LeafFilter(filter.leaf(), Operator.NULL_OR_LESS, filter.literals()));
                filters.add(new LeafFilter(filter.leaf(), Operator.PRESENT_AND_LESS, filter.literals()));
            }
        }
        return filters;
    }

    private static boolean isNaN(FlatLeaf leaf, Comparable<?> value) {
        if (value instanceof Binary bytes) {
            boolean half = leaf.type().getLogicalTypeAnnotation() instanceof Float16LogicalTypeAnnotation;
            return half
                    && (bytes.getBytes()[1] & 0x7c) == 0x7c
                    && (bytes.getBytes()[0] != 0 || (bytes.getBytes()[1] & 3) != 0);
        }
        return (value instanceof Float single && single.isNaN()) || (value instanceof Double number && number.isNaN());
    }

    /** A value as close as the type has one; may or may not occur. */
    private static Comparable<?> neighbour(Comparable<?> value) {
        if (value instanceof Boolean truth) {
            return !truth;
        } else if (value instanceof Integer number) {
            return number + 1;
        } else if (value instanceof Long number) {
            return number + 1;
        } else if (value instanceof Float number) {
            return Math.nextUp(number);
        } else if (value instanceof Double number) {
            return Math.nextUp(number);
        }
        byte[] bytes = ((Binary) value).getBytes();
        byte[] other = Arrays.copyOf(bytes, Math.max(bytes.length, 1));
        other[other.length == 2 ? 0 : other.length - 1] ^= 1;
        return Binary.fromConstantByteArray(other);
    }
}
