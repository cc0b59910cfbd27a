package io.glulam.testkit.generate;

import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.function.LongFunction;

/**
 * The values that a kind of leaf can hold. A value is a {@code Boolean}, {@code Integer}, {@code Long}, {@code Float},
 * {@code Double} or {@code Binary}, as the leaf's physical type asks.
 *
 * @param random draws any value
 * @param ordered the i-th value of an ascending sequence in the column's own order; distinct for distinct small i where
 *     the type has that many values
 * @param special values at the edges of the type
 */
record Domain(Function<Random, Object> random, LongFunction<Object> ordered, List<Object> special) {
    Domain {
        special = List.copyOf(special);
    }
}
