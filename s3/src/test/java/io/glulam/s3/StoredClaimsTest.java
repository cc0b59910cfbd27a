package io.glulam.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glulam.CompactionOptions;
import io.glulam.CompactionReport;
import io.glulam.Compactor;
import io.glulam.Job;
import io.glulam.error.CorruptFile;
import io.glulam.error.Unsupported;
import io.glulam.plan.Effort;
import io.glulam.plan.Order;
import io.glulam.plan.Settings;
import io.glulam.plan.Threshold;
import io.glulam.storage.ObjectRef;
import io.glulam.testkit.bytes.FileScript;
import io.glulam.testkit.bytes.MiscountedRows;
import io.glulam.testkit.read.ParquetFile;
import io.glulam.testkit.read.TripletComparison;
import io.glulam.testkit.s3.Extents;
import io.glulam.testkit.s3.StoreRules;
import io.glulam.testkit.s3.StrictStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a file in a store claims falsely is treated as on disk. */
class StoredClaimsTest {
    private static final long PART = 64 << 10;
    private static final int TAIL = 4 << 10;

    @TempDir
    private Path folder;

    /** A row that lies across row groups goes on in the row group that was written after it. */
    @Test
    void aHealthyRowGroupThatBeginsWithinARowKeepsItsPlaceOrIsRefused() throws IOException {
        FileScript script = MiscountedRows.sound(1, 24, chunk -> {});
        int[] sizes = sizes(script);
        int healthy = IntStream.range(0, sizes.length)
                .reduce((a, b) -> sizes[a] > sizes[b] ? a : b)
                .orElseThrow();
        assertThat(healthy).as("the healthy row group is not the first").isPositive();
        script.rowGroups()
                .get(healthy)
                .chunks()
                .get(MiscountedRows.LIST)
                .triplets()
                .repetitionLevels()[0] = 1;
        Settings settings =
                Settings.defaults().withEffort(Effort.COPY).withThreshold(new Threshold.Fixed(sizes[healthy]));
        try (StrictStore server = StrictStore.start(StoreRules.S3.withSmallestPart(PART))) {
            server.put("a.parquet", Extents.of(script.bytes()), Map.of());

            assertThatThrownBy(() -> compact(server, settings.withOrder(Order.HEALTHY_FIRST)))
                    .isInstanceOf(CorruptFile.class)
                    .hasMessageContaining("row group " + healthy
                            + ", column numbers.list.element: a column chunk that begins within a row");
            assertThat(server.keys()).containsExactly("a.parquet");
            assertThat(compact(server, settings.withOrder(Order.PRESERVE)).published())
                    .isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void damagedAidsAreLeftOutWithAWordAndRefusedIfStrict(Effort effort) throws IOException {
        FileScript script = MiscountedRows.sound(
                1,
                24,
                chunk -> chunk.bloomFilter(64)
                        .tamperColumnIndexBytes(bytes -> new byte[bytes.length])
                        .tamper(entry -> entry.setOffset_index_offset(1L << 40)
                                .setOffset_index_length(30)
                                .getMeta_data()
                                .setBloom_filter_offset(1L << 40)));
        Settings settings = Settings.defaults().withEffort(effort).withThreshold(new Threshold.Fixed(1L << 30));
        try (StrictStore server = StrictStore.start(StoreRules.S3.withSmallestPart(PART))) {
            server.put("a.parquet", Extents.of(script.bytes()), Map.of());

            if (effort == Effort.SMALLEST) {
                assertThat(compact(server, settings.withStrict(true)).dropped())
                        .as("aids are made anew of the values")
                        .isEmpty();
            } else {
                assertThatThrownBy(() -> compact(server, settings.withStrict(true)))
                        .isInstanceOf(Unsupported.class)
                        .hasMessageContaining("would be lost");
                assertThat(server.keys()).containsExactly("a.parquet");
                assertThat(compact(server, settings).dropped())
                        .anySatisfy(line -> assertThat(line).startsWith("bloom filter of row group 0"))
                        .anySatisfy(line -> assertThat(line).startsWith("offset index of row group 0"));
            }
            Path source = Files.write(folder.resolve("source.parquet"), script.bytes());
            Path output = Files.write(
                    folder.resolve("output.parquet"), server.get("b.parquet").toByteArray());
            assertThat(TripletComparison.firstDifference(source, output)).isEmpty();
            try (ParquetFile file = ParquetFile.open(output)) {
                assertThat(file.chunkMetaData(0, MiscountedRows.LIST).isSetBloom_filter_offset())
                        .isEqualTo(effort == Effort.SMALLEST);
            }
        }
    }

    private static CompactionReport compact(StrictStore server, Settings settings) {
        S3Store store = Stores.over(server, StoreRules.S3.withSmallestPart(PART), TAIL);
        return new Compactor(CompactionOptions.defaults().withSettings(settings))
                .run(Job.of(new ObjectRef(store, "a.parquet"), new ObjectRef(store, "b.parquet")));
    }

    private int[] sizes(FileScript script) throws IOException {
        try (ParquetFile file = ParquetFile.open(Files.write(folder.resolve("sizes.parquet"), script.bytes()))) {
            return IntStream.range(0, file.rowGroups())
                    .map(group -> IntStream.range(0, 3)
                            .map(leaf -> (int) file.chunkMetaData(group, leaf).getTotal_compressed_size())
                            .sum())
                    .toArray();
        }
    }
}
