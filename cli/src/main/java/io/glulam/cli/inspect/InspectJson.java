package io.glulam.cli.inspect;

import com.fasterxml.jackson.core.JsonGenerator;
import io.glulam.footer.Footer;
import io.glulam.format.Leaf;
import io.glulam.format.PhysicalType;
import io.glulam.format.SchemaNode;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells machines about a file: one document, its fields listed in {@code docs/json.md}. */
public final class InspectJson {
    private final JsonGenerator json;
    private final FileShape file;
    private final Footer footer;

    public InspectJson(JsonGenerator json, FileShape file) {
        this.json = json;
        this.file = file;
        this.footer = file.footer();
    }

    /** Writes the document. */
    public void write(boolean columns, boolean rowGroups) throws IOException {
        json.writeStartObject();
        json.writeStringField("file", file.path().toString());
        json.writeNumberField("bytes", file.bytes());
        json.writeNumberField("rows", footer.rowCount());
        json.writeStringField("createdBy", footer.createdBy());
        json.writeNumberField("formatVersion", footer.version());
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
        json.writeNumberField("rowGroupCount", footer.rowGroupCount());
        json.writeNumberField("rowGroupBytes", file.rowGroupBytes());
        json.writeNumberField("thresholdBytes", file.threshold());
        json.writeNumberField("fragments", file.fragments());
        json.writeNumberField("fragmentBytes", file.fragmentBytes());
        json.writeNumberField("fragmentedShare", file.fragmentedShare());
    }

    private void writeKeyValues() throws IOException {
        json.writeArrayFieldStart("keyValueMetadata");
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
                node.repetition() == null ? null : node.repetition().name().toLowerCase(Locale.ROOT));
        PhysicalType type = node.type();
        json.writeStringField("type", type == null ? null : type.name());
        if (type == PhysicalType.FIXED_LEN_BYTE_ARRAY) {
            json.writeNumberField("typeLength", node.typeLength());
        }
        json.writeStringField("logicalType", node.annotation());
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
        for (Leaf leaf : footer.schema().leaves()) {
            ColumnSummary column = ColumnSummary.of(footer, leaf);
            json.writeStartObject();
            json.writeStringField("column", leaf.name());
            writeNames("encodings", column.encodings());
            writeNames("codecs", column.codecs());
            json.writeNumberField("values", column.values());
            if (column.nulls() < 0) {
                json.writeNullField("nulls");
            } else {
                json.writeNumberField("nulls", column.nulls());
            }
            json.writeNumberField("compressedBytes", column.compressedBytes());
            json.writeNumberField("uncompressedBytes", column.uncompressedBytes());
            json.writeNumberField("chunksWithBounds", column.bounds());
            json.writeNumberField("chunksWithDictionary", column.dictionaries());
            json.writeNumberField("chunksWithColumnIndex", column.columnIndexes());
            json.writeNumberField("chunksWithOffsetIndex", column.offsetIndexes());
            json.writeNumberField("chunksWithBloomFilter", column.bloomFilters());
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
        json.writeArrayFieldStart("rowGroups");
        for (int i = 0; i < footer.rowGroupCount(); i++) {
            json.writeStartObject();
            json.writeNumberField("rows", footer.rows(i));
            json.writeNumberField("compressedBytes", footer.compressedSize(i));
            json.writeNumberField("uncompressedBytes", footer.uncompressedSize(i));
            json.writeNumberField("offset", footer.start(i));
            json.writeBooleanField("fragment", file.isFragment(i));
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
