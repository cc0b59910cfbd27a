package io.glulam.tables.iceberg.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.ShapedReport.ColumnFacts;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.Metrics;
import org.apache.iceberg.MetricsConfig;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.Test;

class MergedMetricsTest {
    private static final Type LONG = Types.LongType.get();

    private static Schema schema(Type type) {
        return new Schema(Types.NestedField.optional(1, "c", type));
    }

    private static ByteBuffer bytes(Type type, Object value) {
        return Conversions.toByteBuffer(type, value);
    }

    private static DataFile file(Long values, Long nulls, Long nans, ByteBuffer lower, ByteBuffer upper) {
        Metrics metrics = new Metrics(10L, Map.of(), map(values), map(nulls), map(nans), map(lower), map(upper));
        return DataFiles.builder(PartitionSpec.unpartitioned())
                .withPath("/f")
                .withFormat(FileFormat.PARQUET)
                .withFileSizeInBytes(100)
                .withMetrics(metrics)
                .build();
    }

    private static <T> Map<Integer, T> map(T value) {
        return value == null ? Map.of() : Map.of(1, value);
    }

    private static Metrics merged(Type type, Map<String, String> properties, ColumnFacts fact, DataFile... files) {
        MetricsConfig config = MetricsConfig.from(properties, schema(type), null);
        MergedMetrics metrics = new MergedMetrics(schema(type), config);
        MergedMetrics sums = new MergedMetrics(schema(type), config);
        for (DataFile file : files) {
            metrics.add(file);
            MergedMetrics alone = new MergedMetrics(schema(type), config);
            alone.add(file);
            send(alone, sums);
        }
        Metrics merged = metrics.merged(20, List.of(fact), false);
        for (boolean deleted : new boolean[] {false, true}) {
            assertThat(told(sums.merged(20, List.of(fact), deleted)))
                    .isEqualTo(told(metrics.merged(20, List.of(fact), deleted)));
        }
        return merged;
    }

    /** Adds sums to others, as another process has sent them. */
    private static void send(MergedMetrics from, MergedMetrics to) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            from.writeSums(new DataOutputStream(bytes));
            to.addSums(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Object> told(Metrics metrics) {
        return List.of(
                metrics.recordCount(),
                metrics.columnSizes(),
                metrics.valueCounts(),
                metrics.nullValueCounts(),
                metrics.nanValueCounts(),
                metrics.lowerBounds(),
                metrics.upperBounds());
    }

    private static ColumnFacts counted(long values, long nulls) {
        return new ColumnFacts(List.of("c"), 1, 50, values, nulls, null, List.of());
    }

    @Test
    void countsAreSummedAndBoundsExtended() {
        Metrics metrics = merged(
                LONG,
                Map.of(),
                counted(20, 3),
                file(10L, 1L, null, bytes(LONG, 5L), bytes(LONG, 9L)),
                file(10L, 2L, null, bytes(LONG, -1L), bytes(LONG, 7L)));
        assertThat(metrics.columnSizes()).containsEntry(1, 50L);
        assertThat(metrics.valueCounts()).containsEntry(1, 20L);
        assertThat(metrics.nullValueCounts()).containsEntry(1, 3L);
        assertThat(metrics.lowerBounds().get(1)).isEqualTo(bytes(LONG, -1L));
        assertThat(metrics.upperBounds().get(1)).isEqualTo(bytes(LONG, 9L));
    }

    @Test
    void aBoundHasTheTypeOfTheTimeWhenItWasWritten() {
        Metrics metrics = merged(
                LONG,
                Map.of(),
                counted(20, 0),
                file(10L, 0L, null, bytes(Types.IntegerType.get(), -5), bytes(Types.IntegerType.get(), 3)),
                file(10L, 0L, null, bytes(LONG, 1L), bytes(LONG, 1L << 40)));
        assertThat(metrics.lowerBounds().get(1)).isEqualTo(bytes(LONG, -5L));
        assertThat(metrics.upperBounds().get(1)).isEqualTo(bytes(LONG, 1L << 40));

        Type timestamp = Types.TimestampType.withoutZone();
        Metrics dates = merged(
                timestamp,
                Map.of(),
                counted(10, 0),
                file(10L, 0L, null, bytes(Types.DateType.get(), 1), bytes(Types.DateType.get(), 2)));
        assertThat(dates.lowerBounds().get(1)).isEqualTo(bytes(timestamp, 86_400_000_000L));
    }

    @Test
    void aSourceWithoutABoundDropsItUnlessItHasNoValues() {
        DataFile bounded = file(10L, 0L, null, bytes(LONG, 1L), bytes(LONG, 2L));
        assertThat(merged(LONG, Map.of(), counted(20, 0), bounded, file(10L, 0L, null, null, null))
                        .lowerBounds())
                .isEmpty();
        assertThat(merged(LONG, Map.of(), counted(20, 10), bounded, file(10L, 10L, null, null, null))
                        .lowerBounds())
                .containsKey(1);
    }

    @Test
    void aSourceThatSaysNothingDropsBoundsUnlessCoreCountedOnlyNullsInIt() {
        DataFile bounded = file(10L, 0L, null, bytes(LONG, 1L), bytes(LONG, 2L));
        DataFile silent = file(null, null, null, null, null);
        Metrics withValues = merged(LONG, Map.of(), counted(20, 4), bounded, silent);
        assertThat(withValues.lowerBounds()).isEmpty();
        assertThat(withValues.nullValueCounts()).containsEntry(1, 4L);
        Metrics onlyNulls = merged(LONG, Map.of(), counted(20, 10), bounded, silent);
        assertThat(onlyNulls.lowerBounds()).containsKey(1);
        Metrics unknown = merged(LONG, Map.of(), counted(20, -1), bounded, silent);
        assertThat(unknown.lowerBounds()).isEmpty();
        assertThat(unknown.nullValueCounts()).isEmpty();
    }

    @Test
    void sourcesThatContradictWhatWasCountedAreNotBelieved() {
        DataFile bounded = file(10L, 2L, null, bytes(LONG, 1L), bytes(LONG, 2L));
        Metrics metrics = merged(LONG, Map.of(), counted(10, 5), bounded);
        assertThat(metrics.nullValueCounts()).containsEntry(1, 5L);
        assertThat(metrics.lowerBounds()).isEmpty();
        assertThat(merged(LONG, Map.of(), counted(5, 0), bounded).lowerBounds()).isEmpty();
        assertThat(merged(LONG, Map.of(), counted(10, 20), file(10L, 20L, null, bytes(LONG, 1L), bytes(LONG, 2L)))
                        .lowerBounds())
                .isEmpty();
    }

    @Test
    void notANumberIsNoBoundAndNegativeZeroIsBelowZero() {
        Type type = Types.DoubleType.get();
        Metrics metrics = merged(
                type,
                Map.of(),
                counted(20, 0),
                file(10L, 0L, 1L, bytes(type, 0.0), bytes(type, 1.0)),
                file(10L, 0L, 2L, bytes(type, -0.0), bytes(type, 2.0)));
        assertThat(metrics.nanValueCounts()).containsEntry(1, 3L);
        assertThat(metrics.lowerBounds().get(1)).isEqualTo(bytes(type, -0.0));
        Metrics broken =
                merged(type, Map.of(), counted(10, 0), file(10L, 0L, 0L, bytes(type, Double.NaN), bytes(type, 1.0)));
        assertThat(broken.lowerBounds()).isEmpty();
        assertThat(broken.upperBounds()).containsKey(1);
        assertThat(merged(type, Map.of(), counted(10, 0), file(10L, 0L, null, bytes(type, 1.0), bytes(type, 1.0)))
                        .nanValueCounts())
                .isEmpty();
    }

    @Test
    void metricsAreCutToTheModeThatTheTableAsksFor() {
        Type type = Types.StringType.get();
        DataFile file = file(10L, 0L, null, bytes(type, "abcdefgh"), bytes(type, "xyzxyzxyz"));
        Metrics cut = merged(type, Map.of("write.metadata.metrics.default", "truncate(3)"), counted(10, 0), file);
        assertThat(cut.lowerBounds().get(1)).isEqualTo(bytes(type, "abc"));
        assertThat(cut.upperBounds().get(1)).isEqualTo(bytes(type, "xy{"));
        Metrics counts = merged(type, Map.of("write.metadata.metrics.default", "counts"), counted(10, 0), file);
        assertThat(counts.lowerBounds()).isEmpty();
        assertThat(counts.valueCounts()).containsEntry(1, 10L);
        Metrics none = merged(type, Map.of("write.metadata.metrics.default", "none"), counted(10, 0), file);
        assertThat(none.valueCounts()).isEmpty();
    }
}
