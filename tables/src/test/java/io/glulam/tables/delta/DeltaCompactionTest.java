package io.glulam.tables.delta;

import static io.glulam.tables.delta.PlainTable.row;
import static io.glulam.tables.delta.PlainTable.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.delta.kernel.expressions.Literal;
import io.delta.kernel.internal.actions.AddFile;
import io.delta.kernel.internal.util.VectorUtils;
import io.delta.kernel.types.ArrayType;
import io.delta.kernel.types.DateType;
import io.delta.kernel.types.DecimalType;
import io.delta.kernel.types.DoubleType;
import io.delta.kernel.types.IntegerType;
import io.delta.kernel.types.LongType;
import io.delta.kernel.types.MapType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructType;
import io.delta.kernel.types.TimestampType;
import io.glulam.tables.Outcome;
import io.glulam.tables.Table;
import io.glulam.tables.TablePlan;
import io.glulam.tables.TableReport;
import io.glulam.tables.TableRequest;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Delta tables written by Kernel's default engine, compacted, and read back by it. */
class DeltaCompactionTest {
    @TempDir
    private Path folder;

    @Test
    void filesOfAPartitionBecomeOneAndEveryRowStays() throws IOException {
        StructType schema = new StructType()
                .add("id", LongType.LONG)
                .add("v", DoubleType.DOUBLE)
                .add("price", new DecimalType(12, 3))
                .add("at", TimestampType.TIMESTAMP)
                .add("tags", new ArrayType(StringType.STRING, true))
                .add("props", new MapType(StringType.STRING, IntegerType.INTEGER, true))
                .add("place", new StructType().add("lat", DoubleType.DOUBLE).add("name", StringType.STRING))
                .add("day", DateType.DATE);
        KernelTable table = new KernelTable(folder.resolve("table")).create(schema, Map.of(), "day");
        for (int file = 0; file < 6; file++) {
            int day = 20_000 + file % 2;
            Object[][] rows = new Object[20][];
            for (int i = 0; i < rows.length; i++) {
                long id = file * 100L + i;
                double value = i == 3 ? Double.NaN : i == 4 ? -0.0 : id / 3.0;
                rows[i] = row(
                        id,
                        i % 5 == 0 ? null : value,
                        new BigDecimal(id).setScale(3),
                        1_700_000_000_000_000L + id,
                        i % 4 == 0 ? null : VectorUtils.buildArrayValue(List.of("a", "b" + i), StringType.STRING),
                        null,
                        null,
                        day);
            }
            table.append(Map.of("day", Literal.ofDate(day)), rows);
        }
        List<String> before = table.rows();

        TableReport report = table.compact();

        assertThat(report.plan().left()).isEmpty();
        assertThat(report.outcome()).isEqualTo(Outcome.COMPACTED);
        assertThat(report.counts().rewrittenDataFiles()).isEqualTo(6);
        assertThat(report.counts().addedDataFiles()).isEqualTo(2);
        assertThat(table.files()).hasSize(2);
        assertThat(table.rows()).isEqualTo(before);
        assertThat(table.rows(6)).isEqualTo(before);
        assertThat(report.snapshots()).containsExactly(7L);
        assertThat(report.release()).isEqualTo("VACUUM delta.`" + table.folder() + "`");
        assertThat(report.heldBytes())
                .isEqualTo(report.counts().rewrittenBytes())
                .isPositive();
    }

    @Test
    void aSecondCompactionFindsNothingToDo() throws IOException {
        KernelTable table = PlainTable.in(folder, Map.of());
        table.compact();

        assertThat(table.compact().outcome()).isEqualTo(Outcome.NOTHING_TO_DO);
        assertThat(table.version()).isEqualTo(4);
    }

    @Test
    void aTableWithoutFilesIsLeftWithItsName() {
        KernelTable table = new KernelTable(folder.resolve("table")).create(PlainTable.SCHEMA, Map.of());

        assertThat(table.compact().outcome()).isEqualTo(Outcome.EMPTY_TABLE);
        assertThat(table.version()).isZero();
    }

    @Test
    void aPlanWritesNothing() throws IOException {
        KernelTable table = PlainTable.in(folder, Map.of());
        Map<String, String> before = table.everything();

        try (Table opened = table.open()) {
            TablePlan plan = opened.plan(TableRequest.defaults());
            assertThat(plan.outcome()).isEqualTo(Outcome.COMPACTED);
            assertThat(plan.partitions()).singleElement().satisfies(partition -> {
                assertThat(partition.candidates()).isEqualTo(3);
                assertThat(partition.rows()).isEqualTo(60);
                assertThat(partition.outputs()).isEqualTo(1);
            });
        }
        assertThat(table.everything()).isEqualTo(before);
    }

    @Test
    void theCommitChangesNoDataAndSaysThatItIsAnOptimize() throws IOException {
        KernelTable table = PlainTable.in(folder, Map.of());
        table.compact();

        String commit = table.commit(4);
        assertThat(commit).doesNotContain("\"dataChange\":true").contains("\"operation\":\"OPTIMIZE\"");
        assertThat(commit.lines().filter(line -> line.startsWith("{\"remove\"")))
                .hasSize(3);
        assertThat(commit.lines().filter(line -> line.startsWith("{\"add\""))).hasSize(1);
    }

    @Test
    void statisticsOfTheSourcesAreMerged() throws IOException {
        KernelTable table = PlainTable.in(folder, Map.of());
        table.compact();

        AddFile file = table.files().get(0);
        assertThat(file.getStatsJson().orElseThrow())
                .contains("\"numRecords\":60")
                .contains("\"minValues\":{\"id\":0,\"name\":\"n1\"}")
                .contains("\"maxValues\":{\"id\":59,\"name\":\"n9\"}")
                .contains("\"nullCount\":{\"id\":0,\"name\":9}");
    }

    @Test
    void rowsKeepTheirIdsAndTheVersionsOfTheirLastChanges() throws IOException {
        KernelTable table = PlainTable.in(folder, Map.of("delta.enableRowTracking", "true"));
        List<String> before = table.trackedRows();

        table.compact();

        assertThat(table.files()).hasSize(1);
        assertThat(table.trackedRows()).isEqualTo(before);
        assertThat(table.commit(4))
                .contains("\"delta.rowTracking.preserved\":\"true\"")
                .contains("\\\"rowIdHighWaterMark\\\":119")
                .contains("\"defaultRowCommitVersion\":4");

        table.append(rows(60, 70)).append(rows(70, 75));
        List<String> grown = table.trackedRows();
        table.compact();
        assertThat(table.files()).hasSize(1);
        assertThat(table.trackedRows()).isEqualTo(grown);
    }

    @Test
    void timestampsInCommitsAscend() throws IOException {
        KernelTable table = PlainTable.in(folder, Map.of("delta.enableInCommitTimestamps", "true"));
        long before = timestamp(table.commit(3));

        table.compact();

        assertThat(timestamp(table.commit(4))).isGreaterThan(before);
        assertThat(table.commit(4)).startsWith("{\"commitInfo\":{\"inCommitTimestamp\":");
        assertThat(table.rows()).hasSize(60);
    }

    private static long timestamp(String commit) {
        String text = commit.replaceFirst("(?s).*?\"inCommitTimestamp\":([0-9]+).*", "$1");
        return Long.parseLong(text);
    }

    @Test
    void optionsOfOtherNamesAreRefused() throws IOException {
        KernelTable table = PlainTable.in(folder, Map.of());

        assertThat(catchThrowable(
                        () -> table.compact(TableRequest.defaults().withOptions(Map.of("rewrite-all", "true")))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("rewrite-all")
                .hasMessageContaining("target-file-size-bytes");
    }
}
