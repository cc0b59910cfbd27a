package io.glulam.footer;

import static io.glulam.footer.FieldTreatment.DROP;
import static io.glulam.footer.FieldTreatment.KEEP;
import static io.glulam.footer.FieldTreatment.REBUILD;
import static io.glulam.footer.FieldTreatment.REFUSE;
import static io.glulam.footer.FieldTreatment.SHIFT;
import static io.glulam.format.ThriftReader.BINARY;
import static io.glulam.format.ThriftReader.I16;
import static io.glulam.format.ThriftReader.I32;
import static io.glulam.format.ThriftReader.I64;
import static io.glulam.format.ThriftReader.LIST;
import static io.glulam.format.ThriftReader.STRUCT;

import io.glulam.format.ThriftReader;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The structs of the footer that are edited field by field, with every field that this version knows: its name, whether
 * the specification requires it, and what relocation does with it. Reader and writer both go by this table.
 */
enum FooterStruct {
    FILE_META_DATA(
            "FileMetaData",
            required(1, "version", I32, KEEP),
            required(2, "schema", LIST, KEEP),
            required(3, "num_rows", I64, REBUILD),
            required(4, "row_groups", LIST, REBUILD),
            optional(5, "key_value_metadata", LIST, KEEP),
            optional(6, "created_by", BINARY, KEEP),
            optional(7, "column_orders", LIST, KEEP),
            optional(8, "encryption_algorithm", STRUCT, REFUSE),
            optional(9, "footer_signing_key_metadata", BINARY, DROP)),
    ROW_GROUP(
            "FileMetaData.row_groups[]",
            required(1, "columns", LIST, REBUILD),
            required(2, "total_byte_size", I64, REBUILD),
            required(3, "num_rows", I64, KEEP),
            optional(4, "sorting_columns", LIST, REBUILD),
            optional(5, "file_offset", I64, SHIFT),
            optional(6, "total_compressed_size", I64, REBUILD),
            optional(7, "ordinal", I16, REBUILD)),
    COLUMN_CHUNK(
            "FileMetaData.row_groups[].columns[]",
            optional(1, "file_path", BINARY, REFUSE),
            required(2, "file_offset", I64, SHIFT),
            required(3, "meta_data", STRUCT, REBUILD),
            optional(4, "offset_index_offset", I64, REBUILD),
            optional(5, "offset_index_length", I32, REBUILD),
            optional(6, "column_index_offset", I64, REBUILD),
            optional(7, "column_index_length", I32, REBUILD),
            optional(8, "crypto_metadata", STRUCT, REFUSE),
            optional(9, "encrypted_column_metadata", BINARY, REFUSE)),
    COLUMN_META_DATA(
            "FileMetaData.row_groups[].columns[].meta_data",
            required(1, "type", I32, KEEP),
            required(2, "encodings", LIST, KEEP),
            required(3, "path_in_schema", LIST, REBUILD),
            required(4, "codec", I32, KEEP),
            required(5, "num_values", I64, KEEP),
            required(6, "total_uncompressed_size", I64, KEEP),
            required(7, "total_compressed_size", I64, REBUILD),
            optional(8, "key_value_metadata", LIST, KEEP),
            required(9, "data_page_offset", I64, SHIFT),
            optional(10, "index_page_offset", I64, SHIFT),
            optional(11, "dictionary_page_offset", I64, SHIFT),
            optional(12, "statistics", STRUCT, KEEP),
            optional(13, "encoding_stats", LIST, KEEP),
            optional(14, "bloom_filter_offset", I64, REBUILD),
            optional(15, "bloom_filter_length", I32, REBUILD),
            optional(16, "size_statistics", STRUCT, KEEP),
            optional(17, "geospatial_statistics", STRUCT, KEEP));

    /**
     * @param id Thrift field id
     * @param name the specification's name
     * @param type Thrift type, as in {@link ThriftReader}
     * @param required as the specification says
     */
    record Field(int id, String name, int type, boolean required, FieldTreatment treatment) {}

    private final String path;

    @SuppressWarnings("ImmutableEnumChecker") // List.of is.
    private final List<Field> fields;

    /** Of the known fields, by id. */
    @SuppressWarnings("ImmutableEnumChecker") // No method changes it.
    private final int[] types;

    private final int requiredMask;

    FooterStruct(String path, Field... fields) {
        this.path = path;
        this.fields = List.of(fields);
        this.types = new int[fields.length + 1];
        int mask = 0;
        for (Field field : fields) {
            types[field.id()] = field.type();
            if (field.required()) {
                mask |= 1 << field.id();
            }
        }
        requiredMask = mask;
    }

    private static Field required(int id, String name, int type, FieldTreatment treatment) {
        return new Field(id, name, type, true, treatment);
    }

    private static Field optional(int id, String name, int type, FieldTreatment treatment) {
        return new Field(id, name, type, false, treatment);
    }

    /** Thrift path of the struct, positions in lists left out. */
    String path() {
        return path;
    }

    /** All known fields; ids count up from 1 without gaps. */
    List<Field> fields() {
        return fields;
    }

    /**
     * The reader's current field. Null for one that this version has never heard of: by its id, or by its type, since
     * some writers use ids of their own that the specification took later. Thrift's own readers pass over both.
     */
    @Nullable
    Field known(ThriftReader in) {
        int id = in.fieldId();
        if (id < 1 || id > fields.size()) {
            return null;
        }
        Field field = fields.get(id - 1);
        return field.type() == in.fieldType() ? field : null;
    }

    /** Id of the reader's current field; 0 if it is not {@link #known}. */
    int knownId(ThriftReader in) {
        return in.knownFieldId(types);
    }

    /** The specification's name of the field of that id. */
    String nameOf(int id) {
        return fields.get(id - 1).name();
    }

    /** Name of the first required field whose bit ({@code 1 << id}) is not set; null if all are. */
    @Nullable
    String missing(int seen) {
        int missing = requiredMask & ~seen;
        return missing == 0
                ? null
                : fields.get(Integer.numberOfTrailingZeros(missing) - 1).name();
    }
}
