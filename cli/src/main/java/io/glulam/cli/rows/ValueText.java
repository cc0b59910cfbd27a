package io.glulam.cli.rows;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.glulam.format.SchemaNode;
import io.glulam.rows.MapEntries;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Values as text without quotes, as cells need it. */
final class ValueText {
    private static final JsonFactory JSON = JsonFactory.builder().build();

    private ValueText() {}

    /** Whether a value is best flush right. */
    static boolean isNumber(@Nullable Object value) {
        return value instanceof Number;
    }

    /** Returns the text of a value that is not null. */
    static String of(SchemaNode node, Object value) {
        return value instanceof Object[] || value instanceof List || value instanceof MapEntries
                ? json(node, value)
                : scalar(value);
    }

    /** Returns the text of a value that is neither null nor nested. */
    static String scalar(Object value) {
        if (value instanceof byte[] bytes) {
            return "0x" + HexFormat.of().formatHex(bytes);
        }
        if (value instanceof BigDecimal decimal) {
            return decimal.toPlainString();
        }
        if (value instanceof LocalDateTime time) {
            return DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(time);
        }
        return value instanceof LocalTime time ? DateTimeFormatter.ISO_LOCAL_TIME.format(time) : value.toString();
    }

    private static String json(SchemaNode node, Object value) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            JsonValues.writeField(json, node, value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }
}
