package io.glulam.bench.prediction;

import io.glulam.bench.duckdb.DuckDb;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;

/** Reads a plan, as {@code glulam plan --json} prints it, beside the footer of the file that was made by it. */
final class Predictions {
    private static final String SQL = """
            WITH plan AS (
                SELECT *
                FROM read_json('${plan}', maximum_object_size = 1000000000, columns = {
                    columns: 'VARCHAR[]',
                    groups: 'STRUCT(keep BIGINT, columns STRUCT(
                        moved BIGINT, remapped BIGINT, coalesced BIGINT, recoded BIGINT, expected BIGINT)[])[]'})
            ),
            merged AS (
                SELECT *
                FROM (SELECT unnest(range(len(groups))) AS row_group_id, unnest(groups) AS merge FROM plan)
                WHERE merge.keep IS NULL
            ),
            planned AS (
                SELECT row_group_id, unnest(range(len(merge.columns))) AS column_id, unnest(merge.columns) AS chunk
                FROM merged
            )
            SELECT
                any_value(path_in_schema),
                sum(chunk.moved + chunk.remapped + chunk.coalesced + chunk.recoded)::BIGINT,
                sum(chunk.expected)::BIGINT,
                sum(total_compressed_size)::BIGINT
            FROM planned JOIN parquet_metadata('${output}') USING (row_group_id, column_id)
            GROUP BY column_id
            ORDER BY column_id
            """;

    private Predictions() {}

    /** One for each column of the merged row groups, all of these together; empty if the plan merges nothing. */
    static List<Prediction> read(DuckDb duckDb, Path plan, Path output) throws SQLException {
        String sql = SQL.replace("'${plan}'", DuckDb.quoted(plan)).replace("'${output}'", DuckDb.quoted(output));
        return duckDb.query(sql).stream()
                .map(row -> new Prediction(
                        row.get(0), Long.parseLong(row.get(1)), Long.parseLong(row.get(2)), Long.parseLong(row.get(3))))
                .toList();
    }
}
