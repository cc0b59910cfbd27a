package io.glulam.tables.iceberg;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.tables.LeftReason;
import io.glulam.tables.Outcome;
import io.glulam.tables.TablePlan;
import io.glulam.tables.TableReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.SortOrder;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Large files whose footers tell that their row groups are too small. */
@Tag("once")
class IcebergFootersTest {
    private static final String[] SIZES = {
        "target-file-size-bytes=20000", "min-file-size-bytes=1000", "max-file-size-bytes=1000000"
    };

    @TempDir
    private Path folder;

    private TestTable ofTinyRowGroups() {
        return TestTable.of(
                folder,
                TestTable.EVENTS,
                PartitionSpec.unpartitioned(),
                SortOrder.unsorted(),
                Map.of(
                        "format-version", "2",
                        "write.parquet.row-group-size-bytes", "4096",
                        "write.parquet.row-group-check-min-record-count", "100",
                        "write.parquet.row-group-check-max-record-count", "100"));
    }

    /** From now on the table asks for larger ones. */
    private static void askForLarger(TestTable table) {
        table.table()
                .updateProperties()
                .remove("write.parquet.row-group-size-bytes")
                .commit();
    }

    private static DataFile appendOf(String engine, TestTable table, int from) {
        DataFile file = table.write(table.table(), table.events(from, from + 2_000));
        table.table().newAppend().appendFile(file).set("engine-name", engine).commit();
        return file;
    }

    @Test
    void theLimitOfFootersSamplesTheFilesOfEachWriter() {
        try (TestTable table = ofTinyRowGroups()) {
            for (int i = 0; i < 5; i++) {
                appendOf("spark", table, 2_000 * i);
            }
            String last = appendOf("flink", table, 10_000).location();
            askForLarger(table);
            List<String> before = table.rows();

            TableReport report = table.compact(TestTable.request(SIZES).withMaxFooters(2));

            assertThat(report.plan().judgment().sampled()).isEqualTo(2);
            assertThat(report.plan().judgment().unread()).isEqualTo(4);
            assertThat(report.counts().rewrittenDataFiles()).isEqualTo(2);
            assertThat(table.files()).noneMatch(file -> file.location().equals(last));
            assertThat(table.rows()).isEqualTo(before);
        }
    }

    @Test
    void oneWithABrokenFooterIsLeftAndTheOthersAreMerged() throws IOException {
        try (TestTable table = ofTinyRowGroups()) {
            Path broken =
                    Path.of(table.append(table.events(0, 2_000)).location().replaceFirst("^file:(//)?", ""));
            table.append(table.events(2_000, 4_000));
            byte[] bytes = Files.readAllBytes(broken);
            bytes[bytes.length - 5] = 0x7f; // The length of the footer.
            Files.write(broken, bytes);
            askForLarger(table);

            TablePlan plan = table.plan(SIZES);

            assertThat(plan.outcome()).isEqualTo(Outcome.COMPACTED);
            assertThat(plan.left()).singleElement().satisfies(left -> {
                assertThat(left.reason()).isEqualTo(LeftReason.REFUSED);
                assertThat(left.examples())
                        .singleElement()
                        .asString()
                        .contains(broken.getFileName().toString());
            });
        }
    }
}
