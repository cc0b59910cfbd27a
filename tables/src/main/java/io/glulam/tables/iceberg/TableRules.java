package io.glulam.tables.iceberg;

import io.glulam.error.Place;
import io.glulam.error.Unsupported;
import io.glulam.plan.Compression;
import io.glulam.plan.Effort;
import io.glulam.plan.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.TableUtil;
import org.apache.iceberg.util.PropertyUtil;
import org.jspecify.annotations.Nullable;

/**
 * The demands of a table on engines that rewrite its files, or why it must not be rewritten.
 *
 * @param properties of the table
 * @param notes sentences for people about what is not done
 */
record TableRules(Map<String, String> properties, List<String> notes) {
    /** The newest version of the format whose rules are carried out. */
    private static final int NEWEST_VERSION = 3;

    private static final String BLOOM = TableProperties.PARQUET_BLOOM_FILTER_COLUMN_ENABLED_PREFIX;

    /**
     * Returns the rules of a table.
     *
     * @throws Unsupported if the table must not be rewritten
     */
    static TableRules of(Table table) {
        Place place = Place.of(table.name());
        int version = TableUtil.formatVersion(table);
        if (version > NEWEST_VERSION) {
            throw new Unsupported(place, "the table has format version " + version, "Glulam knows versions 1 to 3");
        }
        if (table.properties().containsKey(TableProperties.ENCRYPTION_TABLE_KEY)) {
            throw new Unsupported(place, "the table's files are encrypted", "use the table's own engine");
        }
        for (PartitionSpec spec : table.specs().values()) {
            if (spec.fields().stream()
                    .anyMatch(field ->
                            field.transform().getClass().getSimpleName().equals("UnknownTransform"))) {
                throw new Unsupported(
                        place, "the table has a partition transform that is not known", "use an engine that knows it");
            }
        }
        return new TableRules(table.properties(), notes(table.properties()));
    }

    private static List<String> notes(Map<String, String> properties) {
        List<String> notes = new ArrayList<>();
        List<String> columns = properties.keySet().stream()
                .filter(key -> key.startsWith(BLOOM) && Boolean.parseBoolean(properties.get(key)))
                .map(key -> key.substring(BLOOM.length()))
                .sorted()
                .toList();
        if (!columns.isEmpty()) {
            notes.add("the table asks for bloom filters of " + String.join(", ", columns)
                    + ": merged row groups get them; row groups that stay as they are keep what they have");
        }
        return notes;
    }

    /** Returns settings with those that the table's properties bind. */
    Settings applied(Settings settings) {
        Settings changed = settings;
        if (properties.containsKey(TableProperties.PARQUET_ROW_GROUP_SIZE_BYTES)) {
            changed = changed.withTargetBytes(positive(TableProperties.PARQUET_ROW_GROUP_SIZE_BYTES, 1));
        }
        if (properties.containsKey(TableProperties.PARQUET_PAGE_SIZE_BYTES)
                || properties.containsKey(TableProperties.PARQUET_PAGE_ROW_LIMIT)) {
            changed = changed.withPages(
                    (int) Math.min(
                            Integer.MAX_VALUE, positive(TableProperties.PARQUET_PAGE_SIZE_BYTES, settings.pageBytes())),
                    (int) Math.min(
                            Integer.MAX_VALUE, positive(TableProperties.PARQUET_PAGE_ROW_LIMIT, settings.pageRows())));
        }
        if (settings.effort() == Effort.SMALLEST && settings.form().compression() == null) {
            changed = changed.withForm(settings.form().withCompression(compression()));
        }
        if (properties.containsKey(TableProperties.PARQUET_DICT_SIZE_BYTES)) {
            changed = changed.withDictionaryCapBytes(positive(TableProperties.PARQUET_DICT_SIZE_BYTES, 1));
        }
        return changed;
    }

    /** The table's codec for what is written anew; null if it has none, or one that Glulam does not write. */
    private @Nullable Compression compression() {
        String codec = properties.get(TableProperties.PARQUET_COMPRESSION);
        String level = properties.get(TableProperties.PARQUET_COMPRESSION_LEVEL);
        if (codec == null) {
            return null;
        }
        try {
            Compression compression = Compression.parse(codec);
            return level == null || compression.codec() == null ? compression : Compression.parse(codec + ":" + level);
        } catch (IllegalArgumentException unknown) {
            return null;
        }
    }

    private long positive(String name, long otherwise) {
        long value;
        try {
            value = PropertyUtil.propertyAsLong(properties, name, otherwise);
        } catch (NumberFormatException e) {
            throw new Unsupported(
                    Place.of(name), "the table's property is not a number: " + properties.get(name), null);
        }
        if (value < 1) {
            throw new Unsupported(Place.of(name), "the table's property is not positive: " + value, null);
        }
        return value;
    }
}
