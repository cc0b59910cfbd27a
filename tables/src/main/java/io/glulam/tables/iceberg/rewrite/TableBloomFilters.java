package io.glulam.tables.iceberg.rewrite;

import io.glulam.error.Place;
import io.glulam.error.Unsupported;
import io.glulam.shape.BloomFilterForm;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.apache.iceberg.Schema;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/** The bloom filters that a table's properties ask for. */
final class TableBloomFilters {
    private static final String ENABLED = TableProperties.PARQUET_BLOOM_FILTER_COLUMN_ENABLED_PREFIX;
    private static final String RATE = TableProperties.PARQUET_BLOOM_FILTER_COLUMN_FPP_PREFIX;
    private static final String MAX_BYTES = TableProperties.PARQUET_BLOOM_FILTER_MAX_BYTES;

    private TableBloomFilters() {}

    /**
     * Returns the filters by field id. Names of columns that the schema lacks are passed over, as Iceberg's writers do.
     *
     * @throws Unsupported if a property has a value that none can have
     */
    static Map<Integer, BloomFilterForm> of(Schema schema, Map<String, String> properties) {
        Map<Integer, BloomFilterForm> forms = new HashMap<>();
        properties.forEach((key, value) -> {
            if (key.startsWith(ENABLED) && Boolean.parseBoolean(value)) {
                Types.NestedField field = schema.findField(key.substring(ENABLED.length()));
                if (field != null && field.type().isPrimitiveType()) {
                    forms.put(field.fieldId(), form(properties, key.substring(ENABLED.length())));
                }
            }
        });
        return forms;
    }

    private static BloomFilterForm form(Map<String, String> properties, String column) {
        double rate = value(
                properties,
                RATE + column,
                Double::parseDouble,
                TableProperties.PARQUET_BLOOM_FILTER_COLUMN_FPP_DEFAULT);
        int maxBytes =
                value(properties, MAX_BYTES, Integer::parseInt, TableProperties.PARQUET_BLOOM_FILTER_MAX_BYTES_DEFAULT);
        try {
            return new BloomFilterForm(rate, maxBytes);
        } catch (IllegalArgumentException e) {
            throw new Unsupported(Place.of(RATE + column), "the table's bloom filters ask for " + e.getMessage(), null);
        }
    }

    private static <T> T value(Map<String, String> properties, String name, Function<String, T> parser, T otherwise) {
        @Nullable String text = properties.get(name);
        try {
            return text == null ? otherwise : parser.apply(text.trim());
        } catch (NumberFormatException e) {
            throw new Unsupported(Place.of(name), "the table's property is not a number: " + text, null);
        }
    }
}
