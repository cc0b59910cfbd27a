package io.glulam.tables.delta;

import io.delta.kernel.types.LongType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** Makes a table of two columns without partitions, its rows 0 to 59 in three files. */
final class PlainTable {
    static final StructType SCHEMA = new StructType().add("id", LongType.LONG).add("name", StringType.STRING);

    private PlainTable() {}

    /** Makes the table, in the folder {@code table} below {@code folder}. */
    static KernelTable in(Path folder, Map<String, String> properties) throws IOException {
        KernelTable table = new KernelTable(folder.resolve("table")).create(SCHEMA, properties);
        return table.append(rows(0, 10)).append(rows(10, 25)).append(rows(25, 60));
    }

    /** Returns the rows with ids from {@code from} to before {@code to}; every seventh name is null. */
    static Object[][] rows(int from, int to) {
        Object[][] rows = new Object[to - from][];
        for (int i = from; i < to; i++) {
            rows[i - from] = row((long) i, i % 7 == 0 ? null : "n" + i);
        }
        return rows;
    }

    static Object[] row(Object... values) {
        return values;
    }
}
