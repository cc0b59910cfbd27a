package io.glulam.footer;

import static io.glulam.footer.FieldTreatment.DROP;
import static io.glulam.footer.FieldTreatment.KEEP;
import static io.glulam.footer.FieldTreatment.REBUILD;
import static io.glulam.footer.FieldTreatment.REFUSE;
import static io.glulam.footer.FieldTreatment.SHIFT;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The structs of the footer that are edited field by field, with every field that this version knows: its name, whether
 * the specification requires it, and what relocation does with it. Reader and writer both go by this table.
 */
enum FooterStruct {
    FILE_META_DATA(
            "FileMetaData",
            required(1, "version", KEEP),
            required(2, "schema", KEEP),
            required(3, "num_rows", KEEP),
            required(4, "row_groups", REBUILD),
            optional(5, "key_value_metadata", KEEP),
            optional(6, "created_by", KEEP),
            optional(7, "column_orders", KEEP),
            optional(8, "encryption_algorithm", REFUSE),
            optional(9, "footer_signing_key_metadata", DROP)),
    ROW_GROUP(
            "FileMetaData.row_groups[]",
            required(1, "columns", REBUILD),
            required(2, "total_byte_size", KEEP),
            required(3, "num_rows", KEEP),
            optional(4, "sorting_columns", KEEP),
            optional(5, "file_offset", SHIFT),
            optional(6, "total_compressed_size", KEEP),
            optional(7, "ordinal", REBUILD)),
    COLUMN_CHUNK(
            "FileMetaData.row_groups[].columns[]",
            optional(1, "file_path", REFUSE),
            required(2, "file_offset", SHIFT),
            required(3, "meta_data", REBUILD),
            optional(4, "offset_index_offset", REBUILD),
            optional(5, "offset_index_length", REBUILD),
            optional(6, "column_index_offset", REBUILD),
            optional(7, "column_index_length", REBUILD),
            optional(8, "crypto_metadata", REFUSE),
            optional(9, "encrypted_column_metadata", REFUSE)),
    COLUMN_META_DATA(
            "FileMetaData.row_groups[].columns[].meta_data",
            required(1, "type", KEEP),
            required(2, "encodings", KEEP),
            required(3, "path_in_schema", KEEP),
            required(4, "codec", KEEP),
            required(5, "num_values", KEEP),
            required(6, "total_uncompressed_size", KEEP),
            required(7, "total_compressed_size", KEEP),
            optional(8, "key_value_metadata", KEEP),
            required(9, "data_page_offset", SHIFT),
            optional(10, "index_page_offset", SHIFT),
            optional(11, "dictionary_page_offset", SHIFT),
            optional(12, "statistics", KEEP),
            optional(13, "encoding_stats", KEEP),
            optional(14, "bloom_filter_offset", REBUILD),
            optional(15, "bloom_filter_length", REBUILD),
            optional(16, "size_statistics", KEEP),
            optional(17, "geospatial_statistics", KEEP));

    /**
     * @param id Thrift field id
     * @param name the specification's name
     * @param required as the specification says
     */
    record Field(int id, String name, boolean required, FieldTreatment treatment) {}

    private final String path;
    private final List<Field> fields;
    private final int requiredMask;

    FooterStruct(String path, Field... fields) {
        this.path = path;
        this.fields = List.of(fields);
        int mask = 0;
        for (Field field : fields) {
            if (field.required()) {
                mask |= 1 << field.id();
            }
        }
        requiredMask = mask;
    }

    private static Field required(int id, String name, FieldTreatment treatment) {
        return new Field(id, name, true, treatment);
    }

    private static Field optional(int id, String name, FieldTreatment treatment) {
        return new Field(id, name, false, treatment);
    }

    /** Thrift path of the struct, positions in lists left out. */
    String path() {
        return path;
    }

    /** All known fields; ids count up from 1 without gaps. */
    List<Field> fields() {
        return fields;
    }

    /** The field of that id; null for one that this version has never heard of. */
    @Nullable
    Field field(int id) {
        return id >= 1 && id <= fields.size() ? fields.get(id - 1) : null;
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
