package io.glulam.cli.inspect;

import com.fasterxml.jackson.core.JsonGenerator;
import io.glulam.FileShape;
import io.glulam.OpenedFooter;
import io.glulam.footer.Footer;
import io.glulam.format.PhysicalType;
import io.glulam.format.SchemaNode;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells machines about a file: one document, its fields listed in {@code docs/json.md}. */
public final class InspectJson {
    private final JsonGenerator json;
    private final String name;
    private final FileShape shape;
    private final Footer footer;

    public InspectJson(JsonGenerator json, OpenedFooter opened, FileShape shape) {
        this.json = json;
        this.name = opened.name();
        this.shape = shape;
        this.footer = opened.footer();
    }

    /** Writes the document. */
    public void write(boolean columns, boolean rowGroups) throws IOException {
        json.writeStartObject();
        json.writeStringField("file", name);
        json.writeNumberField("bytes", shape.bytes());
        json.writeNumberField("rows", footer.rowCount());
        json.writeStringField("created_by", footer.createdBy());
        json.writeNumberField("format_version", footer.version());
        writeFragmentation();
        writeKeyValues();
        json.writeArrayFieldStart("schema");
        for (SchemaNode child : footer.schema().root().children()) {
            writeNode(child);
        }
        json.writeEndArray();
        if (columns) {
            writeColumns();
        }
        if (rowGroups) {
            writeRowGroups();
        }
        json.writeEndObject();
    }

    private void writeFragmentation() throws IOException {
        json.writeNumberField("row_group_count", footer.rowGroupCount());
        json.writeNumberField("row_group_bytes", shape.rowGroupBytes());
        json.writeNumberField("threshold_bytes", shape.threshold());
        json.writeNumberField("fragments", shape.fragments());
        json.writeNumberField("fragment_bytes", shape.fragmentBytes());
        json.writeNumberField("fragmented_share", shape.fragmentedShare());
    }

    private void writeKeyValues() throws IOException {
        json.writeArrayFieldStart("key_value_metadata");
        for (Map.Entry<String, @Nullable String> entry : footer.keyValueMetadata()) {
            json.writeStartObject();
            json.writeStringField("key", entry.getKey());
            json.writeStringField("value", entry.getValue());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void writeNode(SchemaNode node) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", node.name());
        json.writeStringField(
                "repetition",
                node.repetition() == null ? null : node.repetition().name());
        PhysicalType type = node.type();
        json.writeStringField("type", type == null ? null : type.name());
        if (type == PhysicalType.FIXED_LEN_BYTE_ARRAY) {
            json.writeNumberField("type_length", node.typeLength());
        }
        json.writeStringField("logical_type", node.annotation());
        if (node.isGroup()) {
            json.writeArrayFieldStart("children");
            for (SchemaNode child : node.children()) {
                writeNode(child);
            }
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    private void writeColumns() throws IOException {
        json.writeArrayFieldStart("columns");
        for (ColumnSummary column : ColumnSummary.all(footer)) {
            json.writeStartObject();
            json.writeStringField("column", column.leaf().name());
            writeNames("encodings", column.encodings());
            writeNames("codecs", column.codecs());
            json.writeNumberField("values", column.values());
            if (column.nulls() < 0) {
                json.writeNullField("nulls");
            } else {
                json.writeNumberField("nulls", column.nulls());
            }
            json.writeNumberField("compressed_bytes", column.compressedBytes());
            json.writeNumberField("uncompressed_bytes", column.uncompressedBytes());
            json.writeNumberField("chunks_with_bounds", column.bounds());
            json.writeNumberField("chunks_with_dictionary", column.dictionaries());
            json.writeNumberField("chunks_with_column_index", column.columnIndexes());
            json.writeNumberField("chunks_with_offset_index", column.offsetIndexes());
            json.writeNumberField("chunks_with_bloom_filter", column.bloomFilters());
            json.writeNumberField("damaged_aids", column.damagedAids());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void writeNames(String field, Set<String> names) throws IOException {
        json.writeArrayFieldStart(field);
        for (String name : names) {
            json.writeString(name);
        }
        json.writeEndArray();
    }

    private void writeRowGroups() throws IOException {
        json.writeArrayFieldStart("row_groups");
        for (int i = 0; i < footer.rowGroupCount(); i++) {
            json.writeStartObject();
            json.writeNumberField("rows", footer.rows(i));
            json.writeNumberField("compressed_bytes", footer.compressedSize(i));
            json.writeNumberField("uncompressed_bytes", footer.uncompressedSize(i));
            json.writeNumberField("offset", footer.start(i));
            json.writeBooleanField("fragment", shape.isFragment(i));
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
