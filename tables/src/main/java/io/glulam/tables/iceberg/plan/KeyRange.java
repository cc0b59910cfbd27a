package io.glulam.tables.iceberg.plan;

import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SortDirection;
import org.apache.iceberg.SortField;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.types.Comparators;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Type;
import org.jspecify.annotations.Nullable;

/**
 * The bounds of a file's values of the sort order's first column.
 *
 * @param first bound of the values that come first: the lower one of an ascending order
 * @param last bound of the values that come last
 */
public record KeyRange(Object first, Object last) {
    /**
     * The first column of a table's sort order, by whose bounds files are put in order.
     *
     * @param fieldId of the column
     * @param name of the column, with dots
     * @param ascending whether small values come first
     * @param single whether the order has no further column, so that equal keys may touch
     * @param type of the column
     */
    public record Key(int fieldId, String name, boolean ascending, boolean single, Type.PrimitiveType type) {
        /** Returns the key of a sort order; null if there is none whose bounds manifests hold. */
        public static @Nullable Key of(SortOrder order, Schema schema) {
            if (order.isUnsorted()) {
                return null;
            }
            SortField first = order.fields().get(0);
            Type type = schema.findType(first.sourceId());
            if (!first.transform().isIdentity() || type == null || !type.isPrimitiveType()) {
                return null;
            }
            return new Key(
                    first.sourceId(),
                    schema.findColumnName(first.sourceId()),
                    first.direction() == SortDirection.ASC,
                    order.fields().size() == 1,
                    type.asPrimitiveType());
        }

        /** Returns the bounds of a file; null if they are not known or the column has nulls. */
        public @Nullable KeyRange of(DataFile file) {
            Long nulls = get(file.nullValueCounts());
            ByteBuffer lower = get(file.lowerBounds());
            ByteBuffer upper = get(file.upperBounds());
            Long notNumbers = get(file.nanValueCounts());
            boolean floating = type.typeId() == Type.TypeID.FLOAT || type.typeId() == Type.TypeID.DOUBLE;
            boolean whole = nulls != null && nulls == 0 && (!floating || notNumbers != null && notNumbers == 0);
            if (!whole || lower == null || upper == null) {
                return null;
            }
            try {
                Object low = Objects.requireNonNull(Conversions.fromByteBuffer(type, lower.duplicate()));
                Object high = Objects.requireNonNull(Conversions.fromByteBuffer(type, upper.duplicate()));
                return ascending ? new KeyRange(low, high) : new KeyRange(high, low);
            } catch (RuntimeException e) {
                return null; // A bound that is none says nothing.
            }
        }

        private <T> @Nullable T get(@Nullable Map<Integer, T> map) {
            return map == null ? null : map.get(fieldId);
        }

        private Comparator<Object> comparator() {
            Comparator<Object> natural = Comparators.forType(type);
            return ascending ? natural : natural.reversed();
        }

        /** Puts files in the order of their keys; those without known bounds come last, in the order they had. */
        public void sort(List<TableFile> files) {
            Comparator<Object> values = comparator();
            files.sort((a, b) -> {
                KeyRange left = a.key();
                KeyRange right = b.key();
                if (left == null || right == null) {
                    return left == right ? 0 : left == null ? 1 : -1;
                }
                int first = values.compare(left.first(), right.first());
                return first != 0 ? first : values.compare(left.last(), right.last());
            });
        }

        /** Returns whether bounds prove that each file's values come after those of the file before. */
        public boolean follow(List<TableFile> files) {
            Comparator<Object> values = comparator();
            KeyRange before = null;
            for (TableFile file : files) {
                KeyRange range = file.key();
                if (range == null) {
                    return false;
                }
                if (before != null) {
                    int compared = values.compare(before.last(), range.first());
                    if (compared > 0 || compared == 0 && !single) {
                        return false;
                    }
                }
                before = range;
            }
            return true;
        }
    }
}
