package io.glulam.merge;

import io.glulam.error.Place;
import io.glulam.error.Unsupported;
import io.glulam.footer.Footer;
import io.glulam.format.ColumnChunk;
import io.glulam.format.Leaf;
import io.glulam.format.Statistics;
import io.glulam.statistics.ValueOrder;
import io.glulam.statistics.WriterTrust;
import org.jspecify.annotations.Nullable;

/**
 * Minimum and maximum of a column in an input, by the statistics in its footer. Immutable; arrays must not be changed.
 *
 * @param leaf the input's column
 * @param min a lower bound of its values
 * @param max an upper bound
 */
@SuppressWarnings("ArrayRecordComponent")
public record ColumnRange(Leaf leaf, byte[] min, byte[] max) {
    private static final String REMEDY = "keep the order of the files, or order them by another column";

    /**
     * Returns the range of a column.
     *
     * @param input its name, for messages
     * @param path of the leaf column, with dots
     * @return null if the input has no rows
     * @throws Unsupported if it has no such column, or no minimum and maximum that can be trusted
     */
    static @Nullable ColumnRange of(Footer footer, String input, String path) {
        Leaf leaf = footer.schema().leaves().stream()
                .filter(candidate -> candidate.name().equals(path))
                .findFirst()
                .orElseThrow(() -> refused(input, path, "it has no leaf column of that path"));
        ValueOrder order = ValueOrder.of(leaf);
        if (leaf.maxRepetitionLevel() > 0 || !order.isDefined()) {
            throw refused(input, path, "a column that is repeated, or whose values have no order, orders no files");
        }
        ColumnRange range = null;
        boolean hasRows = false;
        for (int i = 0; i < footer.rowGroupCount(); i++) {
            if (footer.rows(i) > 0) {
                hasRows = true;
                ColumnRange more = of(footer, input, leaf, i);
                range = range == null ? more : more == null ? range : range.with(more);
            }
        }
        if (range == null && hasRows) {
            throw refused(input, path, "it holds only nulls in that column, which has no minimum then");
        }
        return range;
    }

    /** Of a row group; null if it holds only nulls. */
    private static @Nullable ColumnRange of(Footer footer, String input, Leaf leaf, int rowGroup) {
        ColumnChunk chunk = footer.chunk(rowGroup, leaf.index());
        WriterTrust trust = WriterTrust.of(footer.createdBy(), footer.schema().columnOrdersDeclared());
        Statistics stated = chunk.statistics();
        if (stated != null && stated.nullCount() == chunk.valueCount()) {
            return null;
        }
        byte[] min = null;
        byte[] max = null;
        if (stated != null && trust.trustsBounds(leaf)) {
            min = stated.minValue();
            max = stated.maxValue();
        }
        if (stated != null && (min == null || max == null) && trust.trustsDeprecatedBounds(leaf)) {
            min = stated.min();
            max = stated.max();
        }
        if (min == null || max == null || !ValueOrder.of(leaf).isRange(min, max)) {
            throw refused(
                    input,
                    leaf.name(),
                    "row group " + rowGroup + " has no minimum and maximum of it that can be trusted");
        }
        return new ColumnRange(leaf, min, max);
    }

    private static Unsupported refused(String input, String path, String problem) {
        return new Unsupported(new Place(input, -1, path, -1), problem, REMEDY);
    }

    /** Compares by the minimum; both are of columns whose values compare alike. */
    int compareMin(ColumnRange other) {
        return ValueOrder.of(leaf).compare(min, other.min);
    }

    /** Whether a value of {@code next} may come before one of this range. */
    boolean overlaps(ColumnRange next) {
        return ValueOrder.of(leaf).compare(next.min, max) < 0;
    }

    /** Whether values of both compare alike. */
    boolean isComparable(ColumnRange other) {
        return leaf.type() == other.leaf.type()
                && leaf.typeLength() == other.leaf.typeLength()
                && leaf.order() == other.leaf.order();
    }

    private ColumnRange with(ColumnRange other) {
        ValueOrder order = ValueOrder.of(leaf);
        return new ColumnRange(
                leaf,
                order.compare(other.min, min) < 0 ? other.min : min,
                order.compare(other.max, max) > 0 ? other.max : max);
    }
}
