package io.glulam.tables.planning;

import java.util.List;

/**
 * Makes a format's own conditions from those of a filter's text.
 *
 * @param <C> a condition
 */
public interface FilterConditions<C> {
    /** How a column and a literal are compared. */
    enum Comparison {
        EQUAL,
        NOT_EQUAL,
        LESS,
        LESS_OR_EQUAL,
        GREATER,
        GREATER_OR_EQUAL
    }

    C and(C left, C right);

    C or(C left, C right);

    C not(C condition);

    C isNull(String column);

    /**
     * Compares a column with a literal.
     *
     * @throws IllegalArgumentException with a sentence for people, if the literal does not fit the column
     */
    C compare(String column, Comparison comparison, FilterLiteral literal);

    /**
     * Asks for a column that is one of some literals.
     *
     * @throws IllegalArgumentException with a sentence for people, if a literal does not fit the column
     */
    C in(String column, List<FilterLiteral> literals);

    /**
     * Asks for texts that begin so.
     *
     * @throws IllegalArgumentException with a sentence for people, if the column holds no texts
     */
    C startsWith(String column, String prefix);
}
