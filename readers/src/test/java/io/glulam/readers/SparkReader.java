package io.glulam.readers;

import io.glulam.testkit.generate.LeafKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Reads files with Spark's vectorised Parquet reader, in this process and with one thread. That reader knows neither
 * BYTE_STREAM_SPLIT nor every type ({@link #KINDS}). Close it after use.
 */
final class SparkReader implements AutoCloseable {
    /** The kinds of leaf that Spark reads: not UUID, FLOAT16 and times of day in milliseconds. */
    static final List<LeafKind> KINDS = Arrays.stream(LeafKind.values())
            .filter(kind -> kind != LeafKind.UUID && kind != LeafKind.FLOAT16 && kind != LeafKind.TIME_MILLIS)
            .toList();

    private static final String WHOLE_FILE = Long.toString(1L << 40);

    private final SparkSession spark;

    private SparkReader(SparkSession spark) {
        this.spark = spark;
    }

    /** Starts Spark, which takes some seconds. */
    static SparkReader start() {
        return new SparkReader(SparkSession.builder()
                .master("local[1]")
                .appName("readers")
                .config("spark.ui.enabled", "false")
                .config("spark.driver.host", "localhost")
                .config("spark.driver.bindAddress", "localhost")
                .config("spark.sql.session.timeZone", "UTC")
                .config("spark.sql.parquet.enableVectorizedReader", "true")
                .config("spark.sql.parquet.enableNestedColumnVectorizedReader", "true")
                .config("spark.sql.timeType.enabled", "true")
                .config("spark.sql.legacy.parquet.nanosAsLong", "true")
                .config("spark.sql.files.maxPartitionBytes", WHOLE_FILE)
                .config("spark.sql.files.openCostInBytes", WHOLE_FILE)
                .getOrCreate());
    }

    /**
     * Every row of a file in file order, as text: binaries in hexadecimal, floating point by its bits, nested values in
     * brackets. For files that fit in memory.
     *
     * @throws RuntimeException Spark's own, if it cannot read the file
     */
    List<String> rows(Path file) {
        List<String> rows = new ArrayList<>();
        for (Iterator<Row> iterator = open(file).toLocalIterator(); iterator.hasNext(); ) {
            rows.add(text(iterator.next()));
        }
        return rows;
    }

    /** The first difference in schema, number, order or values of rows, as Spark reads them. */
    Optional<String> firstDifference(Path a, Path b) {
        if (!open(a).schema().equals(open(b).schema())) {
            return Optional.of("schema %s is not %s".formatted(open(b).schema(), open(a).schema()));
        }
        List<String> expected = rows(a);
        List<String> actual = rows(b);
        for (int row = 0; row < Math.min(expected.size(), actual.size()); row++) {
            if (!expected.get(row).equals(actual.get(row))) {
                return Optional.of("row %d: %s is not %s".formatted(row, actual.get(row), expected.get(row)));
            }
        }
        return expected.size() == actual.size()
                ? Optional.empty()
                : Optional.of("%d rows, not %d".formatted(actual.size(), expected.size()));
    }

    /** Whether Spark takes the vectorised reader for a file, which it does not for every schema. */
    boolean readsVectorised(Path file) {
        return open(file).queryExecution().executedPlan().toString().contains("Batched: true");
    }

    private Dataset<Row> open(Path file) {
        return spark.read().parquet(file.toUri().toString());
    }

    private static String text(Object value) {
        if (value instanceof Row row) {
            List<String> fields = new ArrayList<>();
            for (int i = 0; i < row.size(); i++) {
                fields.add(text(row.get(i)));
            }
            return fields.toString();
        } else if (value instanceof scala.collection.Map<?, ?> map) {
            List<String> entries = new ArrayList<>();
            CollectionConverters.asJava(map).forEach((key, item) -> entries.add(text(key) + "=" + text(item)));
            entries.sort(null);
            return entries.toString();
        } else if (value instanceof scala.collection.Seq<?> list) {
            return CollectionConverters.asJava(list).stream()
                    .map(SparkReader::text)
                    .toList()
                    .toString();
        } else if (value instanceof byte[] bytes) {
            return HexFormat.of().formatHex(bytes);
        } else if (value instanceof Float number) {
            return number + "#" + Integer.toHexString(Float.floatToRawIntBits(number));
        } else if (value instanceof Double number) {
            return number + "#" + Long.toHexString(Double.doubleToRawLongBits(number));
        }
        return String.valueOf(value);
    }

    @Override
    public void close() {
        spark.stop();
    }
}
