package io.glulam.join;

import io.glulam.footer.RawKeyValue;
import io.glulam.format.Leaf;
import io.glulam.format.PhysicalType;
import io.glulam.format.Schema;
import io.glulam.format.SchemaNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which calendar Spark reads a file's dates and timestamps in. It goes by the entry {@value #KEY}: from 3.0 on the
 * proleptic Gregorian calendar, before it the hybrid one; without the entry by the session's settings. Two files that
 * Spark reads differently would change values before 1582-10-15 if one footer spoke for both.
 */
enum SparkCalendar {
    /** No entry: the session decides. */
    UNDECLARED,
    /** Spark before 3.0. */
    HYBRID,
    /** Spark from 3.0 on. */
    PROLEPTIC;

    static final String KEY = "org.apache.spark.version";

    static SparkCalendar of(List<RawKeyValue> entries) {
        for (RawKeyValue entry : entries) {
            if (entry.key().equals(KEY)) {
                return isFrom3(entry.bytes()) ? PROLEPTIC : HYBRID;
            }
        }
        return UNDECLARED;
    }

    /** The value stands after the key: {@code 3.5.1}. Spark compares the texts, as this does. */
    private static boolean isFrom3(byte[] entry) {
        String text = new String(entry, StandardCharsets.ISO_8859_1);
        int value = text.indexOf(KEY) + KEY.length() + 2;
        return value < text.length() && text.substring(value).compareTo("3.0.0") >= 0;
    }

    /** The name of the first column whose values depend on the calendar; null if there is none. */
    static @Nullable String dependentColumn(Schema schema) {
        for (Leaf leaf : schema.leaves()) {
            if (leaf.type() == PhysicalType.INT96 || isDateOrTimestamp(schema.node(leaf))) {
                return leaf.name();
            }
        }
        return null;
    }

    private static boolean isDateOrTimestamp(SchemaNode node) {
        String annotation = node.annotation();
        return annotation != null && (annotation.startsWith("DATE") || annotation.startsWith("TIMESTAMP"));
    }
}
