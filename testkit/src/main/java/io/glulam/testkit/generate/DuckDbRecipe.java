package io.glulam.testkit.generate;

import java.util.List;
import java.util.Random;
import java.util.StringJoiner;

/**
 * All that decides the bytes of a file that DuckDB writes.
 *
 * @param seed what columns and values are drawn from
 * @param query gives the rows
 * @param rows number of rows
 * @param rowGroupRows rows of each row group but the last; DuckDB rounds up to a multiple of {@link #VECTOR}
 * @param options further options of COPY
 */
public record DuckDbRecipe(long seed, String query, long rows, int rowGroupRows, String options) {
    /** DuckDB cuts row groups only between its vectors of this many rows. */
    public static final int VECTOR = 2048;

    /** The codecs that DuckDB writes; its LZ4 is what the format calls LZ4_RAW. */
    public static final List<String> CODECS = List.of("uncompressed", "snappy", "gzip", "zstd", "brotli", "lz4_raw");

    /** Any columns and options; at most some 20,000 rows. */
    public static DuckDbRecipe any(long seed) {
        return any(seed, 3, 20_000, 8);
    }

    /** As {@link #any}, with at most four columns of three row groups: for what is tried thousands of times. */
    public static DuckDbRecipe small(long seed) {
        return any(seed, 1, 3 * VECTOR, 4);
    }

    private static DuckDbRecipe any(long seed, int maxVectors, int maxRows, int maxColumns) {
        Random random = new Random(Seeds.derive(seed, "duckdb"));
        int rowGroupRows = VECTOR * (1 + random.nextInt(maxVectors));
        long rows = 1 + random.nextInt(maxRows);
        StringJoiner columns = new StringJoiner(", ");
        int count = 1 + random.nextInt(maxColumns);
        for (int i = 0; i < count; i++) {
            columns.add(DuckDbColumns.any(random) + " AS c" + i);
        }
        String query = "SELECT %s FROM range(%d) t(i)".formatted(columns, rows);
        return new DuckDbRecipe(seed, query, rows, rowGroupRows, anyOptions(random));
    }

    private static String anyOptions(Random random) {
        String codec = CODECS.get(random.nextInt(CODECS.size()));
        String version = random.nextBoolean() ? "V1" : "V2";
        StringJoiner options = new StringJoiner(", ")
                .add("COMPRESSION " + codec)
                .add("PARQUET_VERSION " + version)
                .add("WRITE_BLOOM_FILTER " + random.nextBoolean());
        if (random.nextInt(3) == 0) {
            options.add("DICTIONARY_SIZE_LIMIT " + (random.nextBoolean() ? 0 : 50));
        }
        if (random.nextInt(3) == 0) {
            options.add("KV_METADATA {origin: 'generated'}");
        }
        return options.toString();
    }

    @Override
    public String toString() {
        return "seed %d (replay: -Dglulam.cases=1 -Dglulam.seed=%d)\n  COPY (%s) (ROW_GROUP_SIZE %d, %s)"
                .formatted(seed, seed, query, rowGroupRows, options);
    }
}
