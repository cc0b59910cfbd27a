package io.glulam.picture;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.glulam.footer.ChunkEntries;
import io.glulam.footer.Footer;
import io.glulam.format.ColumnChunk;
import io.glulam.format.CompressionCodec;
import io.glulam.format.Encoding;
import io.glulam.format.Leaf;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The column chunks of a file's first row groups and columns: a few numbers of each, claims of the footer. Its size is bounded,
 * however many chunks the file has. Immutable.
 */
public final class ChunkMatrix {
    /** Names of foreign files may be of any length. */
    private static final int MAX_NAME = 200;

    /** More than there are kinds of. */
    private static final int MAX_ENCODINGS = 16;

    private static final JsonFactory FACTORY = new JsonFactory();

    private final Footer footer;
    private final List<String> columns;
    private final List<Form> forms;
    private final List<List<Cell>> cells;

    private ChunkMatrix(Footer footer, List<String> columns, List<Form> forms, List<List<Cell>> cells) {
        this.footer = footer;
        this.columns = columns;
        this.forms = forms;
        this.cells = cells;
    }

    /**
     * A codec with the encodings that a chunk's entry lists: many chunks share one.
     *
     * @param codec Thrift value of {@code CompressionCodec}
     * @param encodings Thrift values of {@code Encoding}
     */
    public record Form(int codec, List<Integer> encodings) {
        /** Returns the specification's names. */
        public List<String> encodingNames() {
            return encodings.stream().map(Encoding::nameOf).toList();
        }
    }

    /**
     * A column chunk.
     *
     * @param compressedSize bytes, with page headers
     * @param uncompressedSize bytes, with page headers
     * @param valueCount values including nulls
     * @param nullCount -1 if the footer does not tell
     */
    public record Cell(long compressedSize, long uncompressedSize, Form form, long valueCount, long nullCount) {}

    /** Reads the entries of the first row groups and columns, at most so many of each. */
    public static ChunkMatrix of(Footer footer, int maxRowGroups, int maxColumns) {
        List<Leaf> leaves = footer.schema().leaves();
        int columns = Math.min(maxColumns, leaves.size());
        Map<Form, Form> forms = new LinkedHashMap<>();
        List<List<Cell>> cells = new ArrayList<>();
        ChunkEntries entries = footer.entries(Math.max(1, columns));
        for (int i = 0; i < Math.min(maxRowGroups, footer.rowGroupCount()); i++) {
            List<Cell> row = new ArrayList<>(columns);
            if (columns > 0) {
                entries.start(i);
            }
            for (int j = 0; j < columns; j++) {
                row.add(cell(entries.next(), forms));
            }
            cells.add(row);
        }
        List<String> names =
                leaves.subList(0, columns).stream().map(ChunkMatrix::nameOf).toList();
        return new ChunkMatrix(footer, names, List.copyOf(forms.keySet()), cells);
    }

    private static String nameOf(Leaf leaf) {
        String name = leaf.name();
        if (name.length() <= MAX_NAME) {
            return name;
        }
        int end = Character.isHighSurrogate(name.charAt(MAX_NAME - 1)) ? MAX_NAME - 1 : MAX_NAME;
        return name.substring(0, end) + "…";
    }

    private static Cell cell(ColumnChunk chunk, Map<Form, Form> forms) {
        Form form = new Form(
                chunk.codec(),
                Arrays.stream(chunk.encodings()).limit(MAX_ENCODINGS).boxed().toList());
        Form known = forms.putIfAbsent(form, form);
        long nulls = chunk.statistics() == null ? -1 : chunk.statistics().nullCount();
        return new Cell(
                chunk.compressedSize(),
                chunk.uncompressedSize(),
                known == null ? form : known,
                chunk.valueCount(),
                Math.max(-1, nulls));
    }

    /** Returns how many of the file's row groups are here, from the first one on. */
    public int rowGroupCount() {
        return cells.size();
    }

    /** Returns the names of the columns that are here, long ones cut. */
    public List<String> columns() {
        return columns;
    }

    /** Returns the chunk of a row group and a column. */
    public Cell cell(int rowGroup, int column) {
        return cells.get(rowGroup).get(column);
    }

    /** Returns the compressed size of the largest chunk that is here; 1 if there is none. */
    public long largestSize() {
        return cells.stream()
                .flatMap(List::stream)
                .mapToLong(Cell::compressedSize)
                .reduce(1, Math::max);
    }

    /**
     * Returns the matrix as a JSON object, as {@code POST /inspect} of the API answers it: a chunk is an array of compressed
     * bytes, uncompressed bytes, index into {@code forms}, values, and nulls or null.
     */
    public String json() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeNumberField("columnCount", footer.schema().leaves().size());
            json.writeNumberField("rowGroupCount", footer.rowGroupCount());
            json.writeArrayFieldStart("columns");
            for (String column : columns) {
                json.writeString(column);
            }
            json.writeEndArray();
            json.writeArrayFieldStart("rowGroups");
            for (int i = 0; i < cells.size(); i++) {
                json.writeStartArray();
                json.writeNumber(footer.compressedSize(i));
                json.writeNumber(footer.rows(i));
                json.writeEndArray();
            }
            json.writeEndArray();
            writeForms(json);
            writeCells(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new String(bytes.toByteArray(), StandardCharsets.UTF_8);
    }

    private void writeForms(JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("forms");
        for (Form form : forms) {
            json.writeStartObject();
            json.writeStringField("codec", CompressionCodec.nameOf(form.codec()));
            json.writeArrayFieldStart("encodings");
            for (String name : form.encodingNames()) {
                json.writeString(name);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void writeCells(JsonGenerator json) throws IOException {
        Map<Form, Integer> numbers = new HashMap<>();
        forms.forEach(form -> numbers.put(form, numbers.size()));
        json.writeArrayFieldStart("chunks");
        for (List<Cell> row : cells) {
            json.writeStartArray();
            for (Cell cell : row) {
                json.writeStartArray();
                json.writeNumber(cell.compressedSize());
                json.writeNumber(cell.uncompressedSize());
                json.writeNumber(numbers.getOrDefault(cell.form(), 0));
                json.writeNumber(cell.valueCount());
                if (cell.nullCount() < 0) {
                    json.writeNull();
                } else {
                    json.writeNumber(cell.nullCount());
                }
                json.writeEndArray();
            }
            json.writeEndArray();
        }
        json.writeEndArray();
    }
}
