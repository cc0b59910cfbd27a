package io.glulam.bench.reading;

import io.glulam.bench.duckdb.DuckDb;
import io.glulam.bench.input.Input;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * DuckDB reads all files that were made of one input, in one warmed process, in turns: each query of each file, then all
 * again. It also holds the files' values against the input's.
 */
final class ReadingComparison {
    private final Input input;
    private final List<Rewritten> files;

    ReadingComparison(Input input, List<Rewritten> files) {
        this.input = input;
        this.files = files;
    }

    /** Asks everything {@code turns} times, after one turn that does not count. */
    ReadingTable run(int turns) throws SQLException {
        try (DuckDb duckDb = DuckDb.open()) {
            // The files are in the system's page cache; DuckDB's own would make later turns another thing than first
            // ones.
            duckDb.execute("SET enable_external_file_cache = false");
            List<Query> queries = Queries.of(input, duckDb);
            Map<Rewritten, Timings> timings = new LinkedHashMap<>();
            files.forEach(file -> timings.put(file, new Timings(queries, turns)));
            compareValues(queries, duckDb);
            for (int turn = 0; turn < turns; turn++) {
                System.err.printf("%s, reading, turn %d%n", input.name(), turn + 1);
                for (Query query : queries) {
                    for (Map.Entry<Rewritten, Timings> entry : timings.entrySet()) {
                        long start = System.nanoTime();
                        duckDb.query(query.sql(entry.getKey().file()));
                        entry.getValue().put(query, turn, (System.nanoTime() - start) / 1e9);
                    }
                }
            }
            return new ReadingTable(input, queries, timings);
        }
    }

    /** The turn that does not count. */
    private void compareValues(List<Query> queries, DuckDb duckDb) throws SQLException {
        List<String> wrong = new ArrayList<>();
        for (Query query : queries) {
            List<List<String>> expected = duckDb.query(query.sql(input.file()));
            for (Rewritten file : files) {
                if (!duckDb.query(query.sql(file.file())).equals(expected)) {
                    wrong.add(file.name() + ", " + query.kind().heading() + " of " + query.about());
                }
            }
        }
        if (!wrong.isEmpty()) {
            throw new IllegalStateException("other values than in " + input.file() + ": " + String.join("; ", wrong));
        }
    }
}
