package io.glulam.testkit.generate;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Files as a stream of orders leaves them: ascending ids and times, strings of low and high cardinality, doubles with
 * nulls, decimals and a list; fragmented. Every call gives the same bytes.
 */
public final class RealisticFiles {
    /** Rows of a row group of 1.3 to 1.5 MB. */
    private static final int ROWS_PER_FRAGMENT = 20_480;

    private static final long ROWS_OF_100_MB = 1_536_000;

    private static final String ORDERS = """
            SELECT
              i AS order_id,
              TIMESTAMP '2026-01-01' + to_milliseconds((i * 41 + (hash(i) %% 900)::BIGINT)::BIGINT) AS placed_at,
              (hash(i * 7) %% 150000)::INTEGER AS customer,
              ['web', 'app', 'shop', 'phone', 'partner', 'kiosk'][1 + (hash(i * 3) %% 6)::INTEGER] AS channel,
              '/item/' || (hash(i * 11) %% 6000)::VARCHAR || ['', '?ref=mail', '?ref=ad'][1 + (hash(i * 5) %% 3)::INTEGER]
                AS page,
              CASE WHEN hash(i * 13) %% 4 = 0 THEN NULL ELSE round((hash(i * 17) %% 900000) / 89.0, 2) END AS rating,
              ((hash(i * 19) %% 120000) / 100.0)::DECIMAL(12, 2) AS price,
              md5(i::VARCHAR) AS session,
              ['de', 'fr', 'us', 'jp', 'br', 'in', 'cn', 'uk'][1 + (hash(i * 23) %% 8)::INTEGER] AS country,
              list_transform(range((hash(i * 29) %% 4)::BIGINT), lambda x: (hash(i * 31 + x) %% 1000)::INTEGER) AS tags
            FROM range(%d) t(i)
            """;

    private RealisticFiles() {}

    /** About 100 MB in 75 row groups of about 1.4 MB, SNAPPY. */
    public static Path hundredMegabytes(Path file) throws IOException {
        return orders(file, ROWS_OF_100_MB, ROWS_PER_FRAGMENT, "COMPRESSION snappy");
    }

    /** About 2 MB in ten row groups, SNAPPY. */
    public static Path small(Path file) throws IOException {
        return orders(file, 40_000, 2 * DuckDbRecipe.VECTOR, "COMPRESSION snappy");
    }

    /**
     * Any number of such rows.
     *
     * @param rowGroupRows rounded up to a multiple of {@link DuckDbRecipe#VECTOR}
     * @param options further options of DuckDB's COPY
     */
    public static Path orders(Path file, long rows, int rowGroupRows, String options) throws IOException {
        return DuckDbFiles.write(ORDERS.formatted(rows), rowGroupRows, options, file);
    }
}
