package io.glulam.bench.reading;

import io.glulam.bench.duckdb.DuckDb;
import io.glulam.bench.input.Input;
import io.glulam.bench.reading.Query.Kind;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** What is asked of an input and of everything that was made of it. */
final class Queries {
    private static final int LOOK_UPS = 3;

    private Queries() {}

    /** A full scan, a scan of each column, and look-ups of values spread over the file. */
    static List<Query> of(Input input, DuckDb duckDb) throws SQLException {
        List<Query> queries = new ArrayList<>();
        queries.add(Query.scan());
        for (String column : duckDb.columns(input.file())) {
            queries.add(Query.column(column));
        }
        queries.addAll(lookUps(Kind.SORTED, input.sorted(), input, duckDb));
        queries.addAll(lookUps(Kind.UNSORTED, input.unsorted(), input, duckDb));
        return queries;
    }

    private static List<Query> lookUps(Kind kind, @Nullable String column, Input input, DuckDb duckDb)
            throws SQLException {
        if (column == null) {
            return List.of();
        }
        String positions = positions(duckDb.rows(input.file()));
        String name = DuckDb.identifier(column);
        String sql = "SELECT typeof(%s), %s FROM read_parquet(%s, file_row_number = true) WHERE file_row_number IN (%s)"
                .formatted(name, name, DuckDb.quoted(input.file()), positions);
        return duckDb.query(sql).stream()
                .map(row -> Query.lookUp(kind, column, row.get(0), row.get(1)))
                .toList();
    }

    private static String positions(long rows) {
        return LongStream.range(0, LOOK_UPS)
                .map(index -> (2 * index + 1) * rows / (2 * LOOK_UPS))
                .mapToObj(Long::toString)
                .collect(Collectors.joining(", "));
    }
}
