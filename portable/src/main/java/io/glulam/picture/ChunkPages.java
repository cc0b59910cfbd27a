package io.glulam.picture;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The first pages of a column chunk, as their headers and the page index describe them. These are claims of the file.
 *
 * @param pages in file order, those of the dictionary and of indexes included
 * @param isComplete whether the chunk has no further pages
 */
public record ChunkPages(List<Page> pages, boolean isComplete) {
    private static final JsonFactory FACTORY = new JsonFactory();

    /**
     * A page.
     *
     * @param type the specification's name of its {@code PageType}
     * @param encoding the specification's name of its values' {@code Encoding}; empty for an index page
     * @param valueCount values including nulls, or entries of a dictionary
     * @param rowCount rows that begin in a data page; -1 if nothing tells
     * @param nullCount nulls in a data page; -1 if nothing tells
     * @param compressedSize bytes, with the header
     * @param uncompressedSize bytes, with the header
     */
    public record Page(
            String type,
            String encoding,
            long valueCount,
            long rowCount,
            long nullCount,
            long compressedSize,
            long uncompressedSize) {}

    /** Returns the compressed bytes of the pages, with their headers. */
    public long compressedSize() {
        return pages.stream().mapToLong(Page::compressedSize).sum();
    }

    /** Returns the pages as a JSON object, as {@code POST /inspect/pages} of the API answers them. */
    public String json() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeBooleanField("isComplete", isComplete);
            json.writeArrayFieldStart("pages");
            for (Page page : pages) {
                json.writeStartObject();
                json.writeStringField("type", page.type());
                json.writeStringField("encoding", page.encoding());
                json.writeNumberField("values", page.valueCount());
                writeCount("rows", page.rowCount(), json);
                writeCount("nulls", page.nullCount(), json);
                json.writeNumberField("bytes", page.compressedSize());
                json.writeNumberField("unpacked", page.uncompressedSize());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new String(bytes.toByteArray(), StandardCharsets.UTF_8);
    }

    private static void writeCount(String field, long count, JsonGenerator json) throws IOException {
        if (count < 0) {
            json.writeNullField(field);
        } else {
            json.writeNumberField(field, count);
        }
    }
}
