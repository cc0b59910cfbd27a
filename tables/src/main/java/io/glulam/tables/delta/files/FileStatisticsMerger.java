package io.glulam.tables.delta.files;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.glulam.tables.delta.log.DeltaField;
import io.glulam.tables.delta.log.DeltaType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Statistics of files merged into those of the file that replaces them. A number that one file lacks is left out of the result,
 * because readers skip files by it; bounds are also known of a file without values. Values are carried on as their text is.
 * Not thread-safe.
 */
public final class FileStatisticsMerger {
    static final ObjectMapper JSON = JsonMapper.builder()
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private static final String ROWS = "numRecords";
    static final String MIN = "minValues";
    static final String MAX = "maxValues";
    static final String NULLS = "nullCount";
    private static final String TIGHT = "tightBounds";

    /** Tells whether a file has a column. */
    public interface Columns {
        /** Returns whether the file has the column at a path of physical names, which leads through structs only. */
        boolean has(List<String> path);
    }

    private final List<Leaf> leaves = new ArrayList<>();
    private int files;
    private boolean tight = true;
    private boolean tightStated;

    /** The facts of a column so far. */
    private static final class Leaf {
        private final List<String> path;
        private final @Nullable Comparator<JsonNode> order;
        private final boolean boundsAreFound;
        private boolean nullsKnown = true;
        private boolean boundsKnown = true;
        private boolean stated;
        private long nulls;
        private @Nullable JsonNode min;
        private @Nullable JsonNode max;

        Leaf(List<String> path, String type) {
            this.path = path;
            this.order = StatisticsOrder.of(type);
            this.boundsAreFound = FoundStatistics.areWhole(type);
        }

        void add(JsonNode statistics, long rows, boolean present) {
            JsonNode count = at(statistics.path(NULLS), path);
            long fileNulls = present ? (count.isIntegralNumber() ? count.longValue() : -1) : rows;
            nullsKnown &= fileNulls >= 0;
            nulls += Math.max(0, fileNulls);
            stated |= present && fileNulls >= 0;
            if (order == null || !boundsKnown || fileNulls == rows) {
                return; // No value, so that bounds stay as they are.
            }
            JsonNode fileMin = at(statistics.path(MIN), path);
            JsonNode fileMax = at(statistics.path(MAX), path);
            if (fileMin.isValueNode() && fileMax.isValueNode() && !fileMin.isNull() && !fileMax.isNull()) {
                include(fileMin, fileMax, order);
            } else {
                boundsKnown = false;
            }
        }

        private void include(JsonNode fileMin, JsonNode fileMax, Comparator<JsonNode> comparator) {
            try {
                // Comparing a text with itself finds out whether it is a value of the type at all.
                JsonNode least = min == null ? fileMin : min;
                JsonNode greatest = max == null ? fileMax : max;
                min = comparator.compare(fileMin, least) < 0 ? fileMin : least;
                max = comparator.compare(fileMax, greatest) > 0 ? fileMax : greatest;
            } catch (IllegalArgumentException e) {
                boundsKnown = false;
            }
        }

        void write(ObjectNode result) {
            if (nullsKnown && stated) {
                put(
                        result.withObjectProperty(NULLS),
                        path,
                        JSON.getNodeFactory().numberNode(nulls));
            }
            if (boundsKnown && min != null && max != null) {
                write(result, min, max);
            }
        }

        private void write(ObjectNode result, JsonNode least, JsonNode greatest) {
            put(result.withObjectProperty(MIN), path, least);
            put(result.withObjectProperty(MAX), path, greatest);
        }

        /**
         * Writes what holds although rows of the sources are deleted.
         *
         * @param found what was found in the new file
         * @return whether the bounds that were written are the values themselves
         */
        boolean write(ObjectNode result, JsonNode found) {
            JsonNode count = at(found.path(NULLS), path);
            if (stated && (count.isIntegralNumber() || nullsKnown && nulls == 0)) {
                put(
                        result.withObjectProperty(NULLS),
                        path,
                        count.isIntegralNumber() ? count : JSON.getNodeFactory().numberNode(0));
            }
            if (!boundsKnown || min == null || max == null) {
                return true;
            }
            if (!boundsAreFound) {
                write(result, min, max);
                return false;
            }
            JsonNode least = at(found.path(MIN), path);
            JsonNode greatest = at(found.path(MAX), path);
            // A text is NaN or infinity: what was found does not tell of NaN, which Spark sorts after all numbers.
            boolean numbers = min.isNumber() == max.isNumber();
            if (numbers && least.isValueNode() && greatest.isValueNode()) {
                write(result, least, greatest);
            }
            return true;
        }
    }

    /** @param fields of the schema */
    public FileStatisticsMerger(List<DeltaField> fields) {
        addLeaves(fields, List.of());
    }

    private void addLeaves(List<DeltaField> fields, List<String> above) {
        for (DeltaField field : fields) {
            List<String> path = new ArrayList<>(above);
            path.add(field.physicalName());
            if (field.type() instanceof DeltaType.Struct struct) {
                addLeaves(struct.fields(), path);
            } else {
                String type = field.type() instanceof DeltaType.Primitive primitive ? primitive.name() : "";
                leaves.add(new Leaf(path, type));
            }
        }
    }

    /**
     * Adds the statistics of a file.
     *
     * @param text JSON; null if the log has none
     * @param rows of the file
     * @param columns that the file has
     */
    public void add(@Nullable String text, long rows, Columns columns) {
        JsonNode statistics = parsed(text);
        files++;
        JsonNode stated = statistics.path(TIGHT);
        tightStated |= stated.isBoolean();
        tight &= !stated.isBoolean() || stated.booleanValue();
        leaves.forEach(leaf -> leaf.add(statistics, rows, columns.has(leaf.path)));
    }

    /** Statistics that cannot be read are statistics that are not there. */
    public static JsonNode parsed(@Nullable String text) {
        try {
            return text == null ? JSON.createObjectNode() : StatisticsReader.read(text);
        } catch (IOException e) {
            return JSON.createObjectNode();
        }
    }

    /**
     * Returns the merged statistics as JSON.
     *
     * @param rows of the new file
     * @param found what {@link FoundStatistics} tells of it, if rows of its sources are deleted; else null
     */
    public String merged(long rows, @Nullable String found) {
        ObjectNode result = JSON.createObjectNode();
        result.put(ROWS, rows);
        if (found != null) {
            JsonNode parsed = parsed(found);
            boolean exact = true;
            for (Leaf leaf : leaves) {
                exact &= leaf.write(result, parsed);
            }
            result.put(TIGHT, exact);
            return result.toString();
        }
        if (files > 0) {
            leaves.forEach(leaf -> leaf.write(result));
        }
        if (tightStated) {
            result.put(TIGHT, tight);
        }
        return result.toString();
    }

    /** Returns the number of rows that a file's statistics tell; -1 if they tell none. */
    public static long rows(JsonNode statistics) {
        JsonNode rows = statistics.path(ROWS);
        return rows.isIntegralNumber() && rows.canConvertToLong() && rows.longValue() >= 0 ? rows.longValue() : -1;
    }

    static JsonNode at(JsonNode node, List<String> path) {
        JsonNode found = node;
        for (String name : path) {
            found = found.path(name);
        }
        return found;
    }

    static void put(ObjectNode node, List<String> path, JsonNode value) {
        ObjectNode parent = node;
        for (String name : path.subList(0, path.size() - 1)) {
            parent = parent.withObjectProperty(name);
        }
        parent.set(path.get(path.size() - 1), value);
    }
}
