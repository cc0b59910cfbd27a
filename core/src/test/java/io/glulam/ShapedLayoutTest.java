package io.glulam;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.format.PhysicalType;
import io.glulam.plan.Settings;
import io.glulam.plan.Threshold;
import io.glulam.shape.TargetField;
import io.glulam.shape.TargetShape;
import io.glulam.testkit.read.ParquetFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Healthy row groups keep their bytes, but for columns that are left out. */
class ShapedLayoutTest extends ShapedMergeCase {
    @Test
    void healthyRowGroupsOfColumnsThatFitKeepTheirBytes() throws IOException {
        Path a =
                file("a.parquet", "required int64 id = 1; optional int32 more = 3; optional binary name (STRING) = 2;");

        ShapedReport report = merge(
                Settings.defaults().withThreshold(new Threshold.Fixed(1)),
                TargetShape.byFieldId(List.of(ID.required(), NAME)),
                inputs(a, a));

        assertThat(report.compaction().columns()).isEmpty();
        assertThat(report.rowGroupStarts()).hasSize(4).isSorted().startsWith(4L);
        try (ParquetFile before = ParquetFile.open(a);
                ParquetFile after = ParquetFile.open(merged())) {
            for (int i = 0; i < 4; i++) {
                var from = before.chunkMetaData(i % 2, 2);
                var to = after.chunkMetaData(i, 1);
                int length = (int) from.getTotal_compressed_size();
                assertThat(after.bytes(
                                to.getDictionary_page_offset() > 0
                                        ? to.getDictionary_page_offset()
                                        : to.getData_page_offset(),
                                length))
                        .isEqualTo(before.bytes(
                                from.getDictionary_page_offset() > 0
                                        ? from.getDictionary_page_offset()
                                        : from.getData_page_offset(),
                                length));
            }
        }
        assertThat(rows("SELECT id, name FROM '%s'".formatted(merged())))
                .isEqualTo(rows("SELECT id, name FROM read_parquet(['%1$s', '%1$s'])".formatted(a)));
    }

    @Test
    void bytesOfColumnsThatAreLeftOutAreNotInTheOutput() throws IOException {
        Path a = duck("a.parquet", "SELECT i AS x, 'secret' || i AS y, i AS z FROM range(2000) t(i)");
        List<TargetField> fields =
                List.of(TargetField.leaf("x", PhysicalType.INT64), TargetField.leaf("z", PhysicalType.INT64));

        merge(Settings.defaults().withThreshold(new Threshold.Fixed(1)), TargetShape.byName(fields), inputs(a, a));

        try (ParquetFile file = ParquetFile.open(merged())) {
            long chunks = 4;
            for (int i = 0; i < 2; i++) {
                chunks += file.chunkMetaData(i, 0).getTotal_compressed_size()
                        + file.chunkMetaData(i, 1).getTotal_compressed_size();
            }
            assertThat(file.chunkMetaData(1, 1).getData_page_offset()
                            + file.chunkMetaData(1, 1).getTotal_compressed_size())
                    .isLessThanOrEqualTo(chunks);
        }
    }

    @Test
    void sizesOfAKeptRowGroupAreThoseOfItsOwnColumns() throws IOException {
        Path a = duck("a.parquet", "SELECT i AS x, 'long text' || i AS y FROM range(2000) t(i)");
        TargetField x = TargetField.leaf("x", PhysicalType.INT64);

        merge(Settings.defaults().withThreshold(new Threshold.Fixed(1)), TargetShape.byName(List.of(x)), inputs(a));

        try (ParquetFile file = ParquetFile.open(merged())) {
            var rowGroup = file.metaData().getRow_groups().get(0);
            var chunk = file.chunkMetaData(0, 0);
            assertThat(rowGroup.getTotal_byte_size()).isEqualTo(chunk.getTotal_uncompressed_size());
            assertThat(rowGroup.getTotal_compressed_size()).isEqualTo(chunk.getTotal_compressed_size());
        }
    }
}
