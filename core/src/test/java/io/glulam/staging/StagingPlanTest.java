package io.glulam.staging;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.execute.support.Compaction;
import io.glulam.footer.Footer;
import io.glulam.format.ColumnChunk;
import io.glulam.format.Leaf;
import io.glulam.plan.Verify;
import io.glulam.source.SourceFile;
import io.glulam.staging.StagingPlan.Group;
import io.glulam.storage.ByteRange;
import io.glulam.storage.ForwardingReader;
import io.glulam.storage.PartLimits;
import io.glulam.storage.RangeReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which ranges of a source are fetched, of two row groups that are kept and three that are merged. */
class StagingPlanTest {
    private static final PartLimits COPIES = new PartLimits(1_000, 1 << 20, 10_000, false, true, 0);

    @TempDir
    private Path folder;

    private Compaction open() throws IOException {
        return Compaction.of(folder, WriterVersion.PARQUET_2_0, Verify.STRUCTURE);
    }

    private static List<ByteRange> ranges(Compaction compaction, PartLimits limits) {
        return new StagingPlan(compaction.file, limits).ranges(Group.of(compaction.plan));
    }

    private static boolean isWithin(long start, long end, List<ByteRange> ranges) {
        return ranges.stream().anyMatch(range -> range.start() <= start && end <= range.end());
    }

    @Test
    void aSourceThatCannotBeCopiedIsFetchedWhole() throws IOException {
        try (Compaction compaction = open()) {
            assertThat(ranges(compaction, PartLimits.NONE))
                    .containsExactly(new ByteRange(0, compaction.file.bytes().size()));
        }
    }

    @Test
    void mergedChunksAreFetchedWholeAndOfKeptOnesHardlyMoreThanTheirIndexes() throws IOException {
        try (Compaction compaction = open()) {
            List<ByteRange> ranges = ranges(compaction, COPIES);

            SourceFile file = compaction.file;
            Footer footer = file.footer();
            long kept = 0;
            for (Group group : Group.of(compaction.plan)) {
                for (int rowGroup : group.sources()) {
                    for (Leaf leaf : footer.schema().leaves()) {
                        ColumnChunk chunk = footer.chunk(rowGroup, leaf.index());
                        long index = chunk.offsetIndexOffset();
                        assertThat(isWithin(index, index + chunk.offsetIndexLength(), ranges))
                                .as("offset index of %s in row group %d", leaf.name(), rowGroup)
                                .isTrue();
                        assertThat(group.merged() && !isWithin(chunk.start(), file.end(rowGroup, chunk), ranges))
                                .as("%s in row group %d", leaf.name(), rowGroup)
                                .isFalse();
                        kept += group.merged() ? 0 : chunk.compressedSize();
                    }
                }
            }
            assertThat(file.bytes().size() - ByteRange.total(ranges)).isGreaterThan(kept / 2);
        }
    }

    @Test
    void whereARequestCostsMoreThanTheWholeSourceThereIsOne() throws IOException {
        try (Compaction compaction = Compaction.of(
                folder, WriterVersion.PARQUET_2_0, Verify.STRUCTURE, reader -> costing(reader, 1 << 30))) {
            assertThat(ranges(compaction, COPIES)).hasSize(1);
        }
    }

    private static RangeReader costing(RangeReader reader, long requestBytes) {
        return new ForwardingReader(reader) {
            @Override
            public void read(long offset, ByteBuffer target) {
                reader.read(offset, target);
            }

            @Override
            public long requestBytes() {
                return requestBytes;
            }
        };
    }

    @Test
    void longRangesAreFetchedInPiecesOfNearlyOneLength() {
        long end = 200L << 20;

        List<ByteRange> requests = StagingPlan.requests(List.of(new ByteRange(0, end), new ByteRange(end, end + 5)));

        assertThat(requests).hasSize(5);
        assertThat(ByteRange.total(requests)).isEqualTo(end + 5);
        assertThat(requests.subList(0, 4))
                .allSatisfy(range -> assertThat(range.length()).isEqualTo(end / 4));
    }
}
