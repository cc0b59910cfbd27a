package io.glulam.footer;

import io.glulam.error.CorruptFile;
import io.glulam.error.Place;
import io.glulam.error.Unsupported;
import io.glulam.format.ThriftReader;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Watches one struct while its fields are read: none twice, none of the required missing, the unknown ones noted.
 * Reused from struct to struct.
 */
final class FieldGuard {
    private static final int MAX_UNKNOWN_FIELDS = 1000;

    private final FooterStruct struct;
    private final Set<String> unknownFields;
    private int seen;

    FieldGuard(FooterStruct struct, Set<String> unknownFields) {
        this.struct = struct;
        this.unknownFields = unknownFields;
    }

    void begin() {
        seen = 0;
    }

    /** Notes the reader's current field; its id, or 0 if it is not known and must be skipped. */
    int note(ThriftReader in, int rowGroup, int column) {
        int id = struct.knownId(in);
        if (id == 0) {
            noteUnknown(in);
        } else if ((seen & 1 << id) != 0) {
            throw corrupt(rowGroup, column, struct.nameOf(id), "occurs twice");
        } else {
            seen |= 1 << id;
        }
        return id;
    }

    private void noteUnknown(ThriftReader in) {
        unknownFields.add(struct.path() + "." + in.fieldId());
        if (unknownFields.size() > MAX_UNKNOWN_FIELDS) {
            throw new Unsupported(
                    Place.UNKNOWN,
                    "the footer has more than " + MAX_UNKNOWN_FIELDS + " fields that this version does not know");
        }
    }

    /** Checks that nothing required is missing. */
    void end(int rowGroup, int column) {
        String missing = struct.missing(seen);
        if (missing != null) {
            throw corrupt(rowGroup, column, missing, "is missing");
        }
    }

    /** Reads an I64 field that is never negative. */
    long count(ThriftReader in, int rowGroup, int column) {
        long value = in.readI64Field();
        if (value < 0) {
            throw corrupt(rowGroup, column, struct.nameOf(in.fieldId()), "is " + value);
        }
        return value;
    }

    CorruptFile corrupt(int rowGroup, int column, @Nullable String field, String problem) {
        String path = path(struct, rowGroup, column) + (field == null ? "" : "." + field);
        return new CorruptFile(Place.UNKNOWN, path + " " + problem);
    }

    /** The struct's Thrift path with its positions. */
    static String path(FooterStruct struct, int rowGroup, int column) {
        String path = struct.path();
        if (rowGroup >= 0) {
            path = path.replace("row_groups[]", "row_groups[" + rowGroup + "]");
        }
        if (column >= 0) {
            path = path.replace("columns[]", "columns[" + column + "]");
        }
        return path;
    }
}
