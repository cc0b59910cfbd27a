package io.glulam.staging;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.execute.support.Compaction;
import io.glulam.local.LocalStore;
import io.glulam.plan.OutputGroup;
import io.glulam.plan.Plan;
import io.glulam.plan.Reason;
import io.glulam.plan.RowGroups;
import io.glulam.plan.Verify;
import io.glulam.source.SourceFile;
import io.glulam.storage.ForwardingReader;
import io.glulam.storage.ObjectVersion;
import io.glulam.storage.PartLimits;
import io.glulam.storage.RangeReader;
import io.glulam.storage.RequestKind;
import io.glulam.storage.StoreCapabilities;
import io.glulam.storage.Traffic;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a plan will ask of a store, of a source of which the last bytes are at hand. */
class TrafficForecastTest {
    private static final long HELD = 10_000;
    private static final PartLimits COPIES = new PartLimits(1_000, 1 << 20, 10_000, false, true, 0);
    private static final PartLimits LARGE_PARTS = new PartLimits(64 << 20, 1 << 30, 10_000, false, true, 0);

    @TempDir
    private Path folder;

    private Compaction open() throws IOException {
        return Compaction.of(folder, WriterVersion.PARQUET_2_0, Verify.STRUCTURE, TrafficForecastTest::stored);
    }

    /** A reader whose object could be copied, and whose last bytes are held. */
    private static RangeReader stored(RangeReader reader) {
        ObjectVersion version = new ObjectVersion(LocalStore.INSTANCE, "key", "v1", reader.size());
        return new ForwardingReader(reader) {
            @Override
            public void read(long offset, ByteBuffer target) {
                reader.read(offset, target);
            }

            @Override
            public boolean isRemote() {
                return true;
            }

            @Override
            public long heldFrom() {
                return size() - HELD;
            }

            @Override
            public void versions(long position, long length, VersionedRange use) {
                use.accept(version, position, length);
            }
        };
    }

    private static Plan with(Plan plan, List<OutputGroup> groups, RowGroups dropped) {
        return new Plan(plan.source(), plan.settings(), plan.columns(), plan.sourceRowGroups(), groups, dropped);
    }

    private static Plan keptAsItIs(Compaction compaction) {
        List<OutputGroup> groups = new ArrayList<>();
        for (int i = 0; i < compaction.plan.sourceRowGroups(); i++) {
            long bytes = compaction.file.footer().compressedSize(i);
            groups.add(new OutputGroup.KeptGroup(
                    i, Reason.HEALTHY, compaction.file.footer().rows(i), bytes));
        }
        return with(compaction.plan, groups, RowGroups.NONE);
    }

    /** All row groups are without rows. */
    private static Plan nothingLeft(Compaction compaction) {
        return with(compaction.plan, List.of(), RowGroups.range(0, compaction.plan.sourceRowGroups() - 1));
    }

    /** Bytes of the output by the plan: its magic, row groups, and a tail as long as the source's. */
    private static long expectedBytes(SourceFile file, Plan plan) {
        long groups =
                plan.groups().stream().mapToLong(OutputGroup::expectedBytes).sum();
        return 4 + groups + file.bytes().size() - file.footer().offsetInFile();
    }

    @Test
    void aPlanThatChangesNothingReadsTheEndOnce() throws IOException {
        try (Compaction compaction = open()) {
            Traffic traffic = TrafficForecast.of(compaction.file, keptAsItIs(compaction), COPIES);

            assertThat(traffic).isEqualTo(new Traffic(HELD, 0, 0, Map.of(RequestKind.GET, 1L)));
        }
    }

    @Test
    void keptRowGroupsAreCopiedAndTheRestIsSent() throws IOException {
        try (Compaction compaction = open()) {
            Traffic traffic = TrafficForecast.of(compaction.file, compaction.plan, COPIES);

            long kept = compaction.plan.groups().stream()
                    .filter(OutputGroup.KeptGroup.class::isInstance)
                    .mapToLong(OutputGroup::expectedBytes)
                    .sum();
            assertThat(traffic.uploaded() + traffic.copied())
                    .isEqualTo(expectedBytes(compaction.file, compaction.plan));
            // Of a copied row group at most a smallest part is taken for its neighbours, before it and after it.
            assertThat(traffic.copied()).isBetween(kept - 2 * 2 * COPIES.smallest(), kept + 4);
            assertThat(traffic.count(RequestKind.COPY_PART)).isPositive();
            assertThat(traffic.count(RequestKind.UPLOAD_PART)).isPositive();
            assertThat(traffic.count(RequestKind.CREATE_UPLOAD)).isEqualTo(1);
            assertThat(traffic.count(RequestKind.COMPLETE_UPLOAD)).isEqualTo(1);
            assertThat(traffic.count(RequestKind.HEAD)).isEqualTo(2);
            assertThat(traffic.count(RequestKind.PUT)).isZero();
            // The end when it is opened, and again when the new object is read back; what is merged between.
            assertThat(traffic.count(RequestKind.GET)).isGreaterThan(2);
            assertThat(traffic.downloaded())
                    .isBetween(2 * HELD, 2 * HELD + compaction.file.bytes().size());
        }
    }

    @Test
    void anOutputOfLessThanAPartIsOneRequest() throws IOException {
        try (Compaction compaction = open()) {
            Traffic traffic = TrafficForecast.of(compaction.file, compaction.plan, LARGE_PARTS);

            assertThat(traffic.count(RequestKind.PUT)).isEqualTo(1);
            assertThat(traffic.count(RequestKind.CREATE_UPLOAD)).isZero();
            assertThat(traffic.uploaded()).isEqualTo(expectedBytes(compaction.file, compaction.plan));
            assertThat(traffic.copied()).isZero();
        }
    }

    @Test
    void anOutputWithoutRowsIsItsMagicAndItsTail() throws IOException {
        try (Compaction compaction = open()) {
            Plan plan = nothingLeft(compaction);

            Traffic traffic = TrafficForecast.of(compaction.file, plan, LARGE_PARTS);

            long tail =
                    compaction.file.bytes().size() - compaction.file.footer().offsetInFile();
            assertThat(traffic.uploaded()).isEqualTo(4 + tail);
            assertThat(traffic.count(RequestKind.PUT)).isEqualTo(1);
            assertThat(traffic.count(RequestKind.HEAD)).isEqualTo(2);
            StoreCapabilities target = new StoreCapabilities(true, LARGE_PARTS, true, true, true, 1);
            Traffic written = TrafficForecast.toNewObject(compaction.file, plan, target);
            assertThat(written.uploaded()).isEqualTo(4 + tail);
            assertThat(written.count(RequestKind.HEAD)).isEqualTo(1);
        }
    }

    @Test
    void anOutputThatStaysOnThisMachineAsksNothingOfAStore() throws IOException {
        try (Compaction compaction = Compaction.of(folder, WriterVersion.PARQUET_2_0, Verify.STRUCTURE)) {
            assertThat(TrafficForecast.toNewObject(compaction.file, compaction.plan, StoreCapabilities.LOCAL))
                    .isEqualTo(Traffic.NONE);
        }
    }
}
