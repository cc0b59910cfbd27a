package io.glulam.tables.iceberg.rewrite;

import io.glulam.error.Place;
import io.glulam.error.Unsupported;
import io.glulam.format.PhysicalType;
import io.glulam.shape.BloomFilterForm;
import io.glulam.shape.MadeColumn;
import io.glulam.shape.ShapedInput;
import io.glulam.shape.TargetField;
import io.glulam.shape.TargetShape;
import io.glulam.storage.ObjectRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.iceberg.MetadataColumns;
import org.apache.iceberg.PartitionField;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SchemaParser;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.TableUtil;
import org.apache.iceberg.mapping.MappedField;
import org.apache.iceberg.mapping.NameMapping;
import org.apache.iceberg.mapping.NameMappingParser;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/**
 * The form of a table's outputs: the current schema, matched by field ids; for files that lack a column its identity
 * partition value or {@code initial-default} (specification, Column Projection); row lineage from version 3 on. Immutable.
 */
final class OutputShape {
    private static final int LINEAGE_VERSION = 3;

    private final Schema schema;
    private final Map<Integer, PartitionSpec> specs;
    private final boolean lineage;
    private final Set<Integer> variants;
    private final io.glulam.shape.@Nullable NameMapping names;
    private final Map<Integer, BloomFilterForm> bloomFilters;

    OutputShape(Table table) {
        this.schema = table.schema();
        this.specs = table.specs();
        this.lineage = TableUtil.formatVersion(table) >= LINEAGE_VERSION;
        this.variants = VariantForm.ids(schema);
        String mapping = table.properties().get(TableProperties.DEFAULT_NAME_MAPPING);
        this.names = mapping == null ? null : idsOf(NameMappingParser.fromJson(mapping));
        this.bloomFilters = TableBloomFilters.of(schema, table.properties());
    }

    /** Returns the field ids of variants: where there are any, the footers of files tell how they shred them. */
    Set<Integer> variants() {
        return variants;
    }

    /**
     * Returns the form of an output. Files may have nulls where the schema requires values, because readers go by the file: then
     * the output may, too.
     *
     * @param shredding how variants are shredded
     * @throws Unsupported if the schema has a type that is not merged
     */
    TargetShape target(VariantForm shredding) {
        List<TargetField> fields = new ArrayList<>(new ParquetForm(shredding).fields(schema.asStruct()));
        if (lineage) {
            fields.add(lineageField(MetadataColumns.ROW_ID));
            fields.add(lineageField(MetadataColumns.LAST_UPDATED_SEQUENCE_NUMBER));
        }
        return TargetShape.byFieldId(fields)
                .withMetadata(Map.of("iceberg.schema", SchemaParser.toJson(schema)))
                .followingInputs()
                .withBloomFilters(bloomFilters);
    }

    private static TargetField lineageField(Types.NestedField field) {
        return TargetField.leaf(field.name(), PhysicalType.INT64).withId(field.fieldId());
    }

    /** Returns a source with what the table's metadata says of it. */
    ShapedInput input(OutputJob.Source file, OutputJob job, ObjectRef object) {
        ShapedInput input = ShapedInput.of(object).withSize(file.bytes()).withRows(file.rows());
        input = withDefaults(input, schema.asStruct(), List.of(), job);
        if (lineage && file.firstRowId() != null) {
            Long sequence = file.sequence();
            if (sequence == null) {
                throw new Unsupported(Place.of(file.location()), "the file has no data sequence number", null);
            }
            input = input.withMade(
                            MetadataColumns.ROW_ID.name(),
                            MadeColumn.ascending(file.firstRowId()).forNullsToo())
                    .withMade(
                            MetadataColumns.LAST_UPDATED_SEQUENCE_NUMBER.name(),
                            MadeColumn.constant((long) sequence).forNullsToo());
        }
        return names == null ? input : input.withNameMapping(names);
    }

    /** One for all sources: core looks anew at a schema that it knows only where the mapping is another one. */
    private static io.glulam.shape.NameMapping idsOf(NameMapping names) {
        return path -> {
            MappedField field = names.find(path);
            return field == null ? null : field.id();
        };
    }

    private ShapedInput withDefaults(ShapedInput input, Types.StructType struct, List<String> outer, OutputJob job) {
        ShapedInput changed = input;
        for (Types.NestedField field : struct.fields()) {
            List<String> path = plus(outer, ParquetForm.name(field));
            if (field.type().isPrimitiveType()) {
                MadeColumn made = made(field, job, outer.isEmpty());
                changed = made == null ? changed : changed.withMade(path, made);
            } else {
                requireNoDefault(field);
                changed = withDefaultsInside(changed, field.type(), path, job);
            }
        }
        return changed;
    }

    /** Elements, keys and values are in every file that has their list or map; fields of structs below them need not be. */
    private ShapedInput withDefaultsInside(ShapedInput input, Type type, List<String> path, OutputJob job) {
        if (type.isStructType()) {
            return withDefaults(input, type.asStructType(), path, job);
        }
        if (type.isListType()) {
            return withDefaultsInside(input, type.asListType().elementType(), plus(path, "element"), job);
        }
        if (type.isMapType()) {
            Types.MapType map = type.asMapType();
            ShapedInput changed = withDefaultsInside(input, map.keyType(), plus(path, "key"), job);
            return withDefaultsInside(changed, map.valueType(), plus(path, "value"), job);
        }
        return input;
    }

    private static List<String> plus(List<String> path, String name) {
        List<String> longer = new ArrayList<>(path);
        longer.add(name);
        return longer;
    }

    /** The value of a column that a file lacks; null for nulls. A partition value goes before a default. */
    private @Nullable MadeColumn made(Types.NestedField field, OutputJob job, boolean top) {
        PartitionSpec spec = Objects.requireNonNull(specs.get(job.specId()));
        List<PartitionField> partitions = top ? spec.fields() : List.of();
        for (int i = 0; i < partitions.size(); i++) {
            if (partitions.get(i).sourceId() == field.fieldId()
                    && partitions.get(i).transform().isIdentity()) {
                Type type = spec.partitionType().fields().get(i).type();
                return ParquetForm.constant(field.type(), valueAt(job.partition(), i, type));
            }
        }
        return ParquetForm.constant(field.type(), field.initialDefault());
    }

    private static @Nullable Object valueAt(StructLike tuple, int position, Type type) {
        return tuple.get(position, type.typeId().javaClass());
    }

    /** Iceberg's libraries make no such tables, and their readers give none of these defaults. */
    private static void requireNoDefault(Types.NestedField field) {
        if (field.initialDefault() != null) {
            throw new Unsupported(Place.UNKNOWN, "the table has a default value for the column " + field.name(), null);
        }
    }
}
