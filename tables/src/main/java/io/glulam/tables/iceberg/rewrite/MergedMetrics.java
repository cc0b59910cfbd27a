package io.glulam.tables.iceberg.rewrite;

import io.glulam.ShapedReport.ColumnFacts;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Metrics;
import org.apache.iceberg.MetricsConfig;
import org.apache.iceberg.MetricsModes;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.TypeUtil;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.util.BinaryUtil;
import org.apache.iceberg.util.UnicodeUtil;
import org.jspecify.annotations.Nullable;

/**
 * Merges the metrics of an output's sources, one after the other, so that none has to be held; other processes can merge some of
 * them and send the sums. What the sources say is believed only where it agrees with what core counted in the output. Not
 * thread-safe.
 */
final class MergedMetrics {
    private final Map<Integer, ColumnSums> columns = new HashMap<>();
    private int sources;

    MergedMetrics(Schema schema, MetricsConfig config) {
        for (Types.NestedField field : TypeUtil.indexById(schema.asStruct()).values()) {
            // By its name, because Iceberg 1.11, which Spark 4.0 has, does not know modes by ids.
            MetricsModes.MetricsMode mode = config.columnMode(schema.findColumnName(field.fieldId()));
            if (field.type().isPrimitiveType() && mode != MetricsModes.None.get()) {
                columns.put(field.fieldId(), new ColumnSums(field.type().asPrimitiveType(), mode));
            }
        }
    }

    /** Adds the metrics of a source. */
    void add(DataFile file) {
        sources++;
        columns.forEach((id, column) -> column.add(
                get(file.valueCounts(), id),
                get(file.nullValueCounts(), id),
                get(file.nanValueCounts(), id),
                get(file.lowerBounds(), id),
                get(file.upperBounds(), id)));
    }

    /** Writes the sums down, for {@link #addSums} of metrics of the same table. */
    void writeSums(DataOutput out) throws IOException {
        out.writeInt(sources);
        out.writeInt(columns.size());
        for (Map.Entry<Integer, ColumnSums> entry : columns.entrySet()) {
            out.writeInt(entry.getKey());
            entry.getValue().write(out);
        }
    }

    /** Adds the sums of other sources of the output. */
    void addSums(DataInput in) throws IOException {
        sources += in.readInt();
        for (int count = in.readInt(); count > 0; count--) {
            int id = in.readInt();
            ColumnSums column = columns.get(id);
            if (column == null) {
                throw new IOException("another table's column: " + id);
            }
            column.add(in);
        }
    }

    private static <T> @Nullable T get(@Nullable Map<Integer, T> map, int id) {
        return map == null ? null : map.get(id);
    }

    /**
     * Returns the metrics of the output.
     *
     * @param rows of the output
     * @param facts what core counted in its columns
     * @param rowsDeleted whether rows of the sources are deleted
     */
    Metrics merged(long rows, List<ColumnFacts> facts, boolean rowsDeleted) {
        Map<Integer, Long> sizes = new HashMap<>();
        Map<Integer, Long> values = new HashMap<>();
        Map<Integer, Long> nulls = new HashMap<>();
        Map<Integer, Long> notNumbers = new HashMap<>();
        Map<Integer, ByteBuffer> lower = new HashMap<>();
        Map<Integer, ByteBuffer> upper = new HashMap<>();
        for (ColumnFacts fact : facts) {
            Integer id = fact.fieldId();
            ColumnSums column = id == null ? null : columns.get(id);
            if (id == null || column == null) {
                continue;
            }
            sizes.put(id, fact.compressedBytes());
            values.put(id, fact.values());
            ColumnSums.Totals totals = rowsDeleted ? column.totalsWithoutRows(fact, sources) : column.totals(fact);
            put(nulls, id, totals.nulls());
            put(notNumbers, id, totals.notNumbers());
            put(lower, id, bound(column, totals.lower(), true));
            put(upper, id, bound(column, totals.upper(), false));
        }
        return new Metrics(rows, sizes, values, nulls, notNumbers, lower, upper);
    }

    private static <T> void put(Map<Integer, T> map, int id, @Nullable T value) {
        if (value != null) {
            map.put(id, value);
        }
    }

    /** Cuts a bound to the mode that the table asks for; null if it asks for none, or the bound cannot be cut. */
    private static @Nullable ByteBuffer bound(ColumnSums column, @Nullable Object value, boolean isLower) {
        Type.PrimitiveType type = column.type();
        MetricsModes.MetricsMode mode = column.mode();
        if (value == null || mode == MetricsModes.Counts.get() || mode == MetricsModes.None.get()) {
            return null;
        }
        Object cut = value;
        if (mode instanceof MetricsModes.Truncate truncate) {
            if (type.typeId() == Type.TypeID.STRING) {
                String text = value.toString();
                cut = isLower
                        ? UnicodeUtil.truncateStringMin(text, truncate.length())
                        : UnicodeUtil.truncateStringMax(text, truncate.length());
            } else if (type.typeId() == Type.TypeID.BINARY) {
                ByteBuffer bytes = (ByteBuffer) value;
                cut = isLower
                        ? BinaryUtil.truncateBinaryMin(bytes, truncate.length())
                        : BinaryUtil.truncateBinaryMax(bytes, truncate.length());
            }
        }
        return cut == null ? null : Conversions.toByteBuffer(type, cut);
    }
}
