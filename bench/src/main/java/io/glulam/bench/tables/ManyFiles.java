package io.glulam.bench.tables;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A table of very many files that are in its manifests only. */
final class ManyFiles {
    /** Number of columns, all of which have metrics. */
    static final int COLUMNS = 30;

    private ManyFiles() {}

    /** The statement that makes the table without files. */
    static String create(String relation) {
        String columns = IntStream.range(1, COLUMNS)
                .mapToObj(column -> "c" + column + (column % 2 == 0 ? " string" : " bigint"))
                .collect(Collectors.joining(", "));
        return "CREATE TABLE " + relation + " (" + columns + ", part int) USING iceberg PARTITIONED BY (part)";
    }
}
