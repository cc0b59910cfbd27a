package io.glulam.cli.rows;

import io.glulam.OpenedFooter;
import io.glulam.arrow.ArrowStream;
import io.glulam.cli.text.Output;
import io.glulam.format.SchemaNode;
import java.util.List;
import java.util.stream.LongStream;

/** Rows as a stream of Arrow's IPC format. Needs Arrow's libraries, which the launcher adds for it alone. */
public final class ArrowRows {
    /** The ceiling of the process where the launcher says none. */
    private static final long CEILING = 256L << 20;

    /** The launcher leaves this share of the ceiling to the vectors. */
    private static final int VECTORS_SHARE = 4;

    private ArrowRows() {}

    /** Writes the rows of those numbers, which ascend. */
    public static void write(Output output, OpenedFooter file, List<SchemaNode> columns, LongStream rows) {
        long memory = Long.getLong("glulam.memory", CEILING) / VECTORS_SHARE;
        ArrowStream.write(file, columns, rows.iterator(), memory, output.resultBytes());
    }
}
