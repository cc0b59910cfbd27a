package io.glulam.cli.demo;

import io.glulam.format.Encoding;
import io.glulam.format.PhysicalType;
import java.util.List;

/**
 * A leaf column of the demonstration's file.
 *
 * @param path names from below the root
 * @param type BYTE_ARRAY, DOUBLE, INT32 or INT64
 * @param maxRepetitionLevel 0 or 1
 * @param maxDefinitionLevel 0 to 2
 * @param encoding PLAIN or, if equal values are always the same array, RLE_DICTIONARY
 * @param values where its values come from
 */
record DemoColumn(
        List<String> path,
        PhysicalType type,
        int maxRepetitionLevel,
        int maxDefinitionLevel,
        Encoding encoding,
        Values values) {
    DemoColumn {
        path = List.copyOf(path);
    }

    /** Gives the values of one row after the other. */
    interface Values {
        /** Adds those of {@code row} to {@code chunk}. */
        void add(DemoRow row, ChunkBuilder chunk);
    }
}
