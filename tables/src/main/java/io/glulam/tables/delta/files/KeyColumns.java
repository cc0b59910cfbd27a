package io.glulam.tables.delta.files;

import com.fasterxml.jackson.databind.JsonNode;
import io.glulam.tables.delta.log.DeltaField;
import io.glulam.tables.delta.log.DeltaLog;
import io.glulam.tables.delta.log.DeltaType;
import io.glulam.tables.delta.log.TableVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The columns by whose bounds the files of a table may be put in order: those that the table is clustered by, otherwise the first
 * ones of its schema. Delta has no sort order that could name them. Immutable.
 */
public final class KeyColumns {
    /** The bounds of so many columns are held of each file. */
    private static final int MAX_COLUMNS = 4;

    private final List<Column> columns;
    private final boolean clustered;

    /** A column; {@code key} makes values of bounds that can be compared, and throws where a bound is none. */
    private record Column(String name, List<String> path, Function<JsonNode, Comparable<?>> key) {}

    /**
     * The bounds of a file's values of a column.
     *
     * @param min not above any value
     * @param max not below any value
     */
    public record Range(Comparable<Object> min, Comparable<Object> max) {}

    private KeyColumns(List<Column> columns, boolean clustered) {
        this.columns = List.copyOf(columns);
        this.clustered = clustered;
    }

    /** Returns the key columns of a version. */
    public static KeyColumns of(DeltaLog log, TableVersion version) {
        List<DeltaField> fields = TableForm.of(version).fields();
        List<Column> clustering = new ArrayList<>();
        for (List<String> path : log.clusteringColumns(version)) {
            column(fields, path).ifPresent(clustering::add);
        }
        if (!clustering.isEmpty()) {
            return new KeyColumns(clustering.subList(0, Math.min(MAX_COLUMNS, clustering.size())), true);
        }
        List<Column> first = new ArrayList<>();
        for (DeltaField field : fields) {
            if (first.size() < MAX_COLUMNS) {
                column(fields, List.of(field.physicalName())).ifPresent(first::add);
            }
        }
        return new KeyColumns(first, false);
    }

    /** The column at a path of physical names; empty if it has no bounds by which files are put in order. */
    private static Optional<Column> column(List<DeltaField> fields, List<String> path) {
        List<String> names = new ArrayList<>();
        DeltaType type = new DeltaType.Struct(fields);
        for (String physical : path) {
            DeltaField field = type instanceof DeltaType.Struct struct ? named(struct, physical) : null;
            if (field == null) {
                return Optional.empty();
            }
            names.add(field.name());
            type = field.type();
        }
        Function<JsonNode, Comparable<?>> key =
                type instanceof DeltaType.Primitive primitive ? StatisticsOrder.key(primitive.name()) : null;
        return key == null ? Optional.empty() : Optional.of(new Column(String.join(".", names), path, key));
    }

    private static @Nullable DeltaField named(DeltaType.Struct struct, String physicalName) {
        return struct.fields().stream()
                .filter(field -> field.physicalName().equals(physicalName))
                .findFirst()
                .orElse(null);
    }

    /** Number of the columns. */
    public int size() {
        return columns.size();
    }

    /** Returns the name of a column for people. */
    public String name(int column) {
        return columns.get(column).name();
    }

    /** Returns whether the table is clustered by the columns. */
    public boolean clustered() {
        return clustered;
    }

    /** Returns the bounds of each column's values in a file; null where its statistics do not tell them. */
    List<@Nullable Range> ranges(JsonNode statistics) {
        List<@Nullable Range> ranges = new ArrayList<>(columns.size());
        for (Column column : columns) {
            ranges.add(range(column, statistics));
        }
        return ranges;
    }

    @SuppressWarnings("unchecked") // All bounds of a column are made by its key.
    private static @Nullable Range range(Column column, JsonNode statistics) {
        JsonNode min = FileStatisticsMerger.at(statistics.path(FileStatisticsMerger.MIN), column.path());
        JsonNode max = FileStatisticsMerger.at(statistics.path(FileStatisticsMerger.MAX), column.path());
        if (!min.isValueNode() || !max.isValueNode() || min.isNull() || max.isNull()) {
            return null;
        }
        try {
            return new Range((Comparable<Object>) column.key().apply(min), (Comparable<Object>)
                    column.key().apply(max));
        } catch (IllegalArgumentException e) {
            return null; // A bound that is none says nothing.
        }
    }
}
