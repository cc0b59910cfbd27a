package io.glulam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glulam.error.CorruptFile;
import io.glulam.error.Remedy;
import io.glulam.inputs.Candidate;
import io.glulam.inputs.FoundInputs;
import io.glulam.local.LocalStore;
import io.glulam.plan.Compression;
import io.glulam.plan.Effort;
import io.glulam.plan.Order;
import io.glulam.plan.OutputForm;
import io.glulam.plan.OutputGroup.MergedGroup;
import io.glulam.plan.Plan;
import io.glulam.plan.Rewrite;
import io.glulam.plan.Settings;
import io.glulam.plan.Threshold;
import io.glulam.plan.Tier;
import io.glulam.plan.Verify;
import io.glulam.testkit.bytes.ChunkScript;
import io.glulam.testkit.bytes.FileScript;
import io.glulam.testkit.bytes.MiscountedRows;
import io.glulam.testkit.bytes.MiscountedRows.Fault;
import io.glulam.testkit.bytes.MiscountedRows.Telling;
import io.glulam.testkit.bytes.RowGroupScript;
import io.glulam.testkit.bytes.SchemaScript;
import io.glulam.testkit.generate.Seeds;
import io.glulam.testkit.read.ParquetFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.Type;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A column chunk that does not begin at a row, or holds other than its row group's rows, would shift the rows after it:
 * it is refused, whatever the tier, the codec, the page version and the settings.
 */
@Tag("once")
class RowCountTest {
    @TempDir
    Path folder;

    /** How chunks and settings bring the lists of {@link MiscountedRows} into a tier. */
    enum Way {
        JOIN(Tier.JOIN) {
            @Override
            Settings settings() {
                return copy();
            }
        },
        REMAP(Tier.REMAP) {
            @Override
            void form(ChunkScript chunk) {
                chunk.eachPage(page -> page.encoding(Encoding.RLE_DICTIONARY));
            }

            @Override
            Settings settings() {
                return copy();
            }
        },
        /** Several pages become one, and one alone stays as it is. */
        COALESCE(Tier.COALESCE) {
            @Override
            Settings settings() {
                return copy().withPages(1 << 20, 20_000);
            }
        },
        RECODE(Tier.RECODE) {
            @Override
            Settings settings() {
                return copy().withEffort(Effort.SMALLEST);
            }
        };

        private final Tier tier;

        Way(Tier tier) {
            this.tier = tier;
        }

        void form(ChunkScript chunk) {}

        abstract Settings settings();

        private static Settings copy() {
            return Settings.defaults()
                    .withThreshold(new Threshold.Fixed(1 << 30))
                    .withEffort(Effort.COPY)
                    .withPages(1 << 20, 70);
        }
    }

    static Stream<Arguments> forms() {
        List<Arguments> forms = new ArrayList<>();
        for (Way way : Way.values()) {
            for (CompressionCodec codec : CompressionCodec.values()) {
                for (int version = 1; version <= 2; version++) {
                    // LZO can be read but not written.
                    if (codec != CompressionCodec.LZO || way == Way.JOIN || way == Way.RECODE) {
                        forms.add(Arguments.of(way, codec, version));
                    }
                }
            }
        }
        return forms.stream();
    }

    @ParameterizedTest(name = "{0}, {1}, version {2}")
    @MethodSource("forms")
    void everyFaultIsRefusedAndTheSoundFileIsMerged(Way way, CompressionCodec codec, int version) throws IOException {
        Consumer<ChunkScript> form = form(way, codec, version);
        CompactionReport report = new CompactionProof(
                        write(MiscountedRows.sound(Seeds.base(), 24, form)), way.settings(), folder)
                .holds();
        boolean framedAnew = codec == CompressionCodec.LZ4 && version == 2;
        assertThat(tiers(report.plan())).as("tiers of the lists").containsOnly(framedAnew ? Tier.RECODE : way.tier);
        for (Fault fault : Fault.values()) {
            for (Telling telling : Telling.values()) {
                Path source = write(MiscountedRows.with(fault, telling, Seeds.base(), 24, form));
                assertRefused(source, way.settings(), fault + ", " + telling);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyFaultIsRefusedWithEverySetting(Fault fault) throws IOException {
        Consumer<ChunkScript> form = form(Way.JOIN, CompressionCodec.SNAPPY, 1);
        for (Settings settings : settings()) {
            for (Telling telling : Telling.values()) {
                Path source = write(MiscountedRows.with(fault, telling, Seeds.base(), 24, form));
                assertRefused(source, settings, fault + ", " + telling + ", " + settings);
            }
        }
    }

    private static List<Settings> settings() {
        List<Settings> all = new ArrayList<>();
        for (Effort effort : Effort.values()) {
            for (Order order : Order.values()) {
                Settings settings = Way.JOIN.settings().withEffort(effort).withOrder(order);
                all.add(settings);
                all.add(settings.withRewrite(Rewrite.ALL));
                all.add(settings.withVerify(Verify.VALUES));
                all.add(settings.withForm(
                        OutputForm.DEFAULT.withCompression(Compression.of(io.glulam.format.CompressionCodec.ZSTD))));
            }
        }
        return all;
    }

    /** Without page indexes, version 2 headers and size statistics, rows are counted only where the output is verified. */
    @Test
    void everyFaultIsRefusedAsTheSourcesWhereNothingTellsOfRows() throws IOException {
        for (CompressionCodec codec : List.of(CompressionCodec.UNCOMPRESSED, CompressionCodec.ZSTD)) {
            Consumer<ChunkScript> form = bare(codec);
            for (Way way : List.of(Way.JOIN, Way.COALESCE)) {
                new CompactionProof(write(MiscountedRows.sound(Seeds.base(), 24, form)), way.settings(), folder)
                        .holds();
                for (Fault fault : Fault.values()) {
                    Path source = write(MiscountedRows.with(fault, Telling.LEVELS_ONLY, Seeds.base(), 24, form));
                    assertRefused(source, way.settings(), fault + ", " + way);
                }
            }
        }
    }

    /** With an offset index, rows are counted before the pages move and once more in the output. */
    @Test
    void eachPageIsDecompressedOnceWhereNothingTellsOfRows() throws IOException {
        long once = unpacked(bare(CompressionCodec.ZSTD));
        long twice = unpacked(bare(CompressionCodec.ZSTD).andThen(ChunkScript::withOffsetIndex));

        assertThat(once).isPositive();
        assertThat(twice).isEqualTo(2 * once);
    }

    private static Consumer<ChunkScript> bare(CompressionCodec codec) {
        return chunk -> chunk.compression(io.glulam.testkit.bytes.Compression.of(codec));
    }

    private long unpacked(Consumer<ChunkScript> form) throws IOException {
        return new Compactor(CompactionOptions.defaults()
                        .withSettings(Way.JOIN.settings())
                        .withOverwrite(true))
                .run(Job.of(write(MiscountedRows.sound(Seeds.base(), 24, form)), folder.resolve("output.parquet")))
                .cost()
                .bytesUnpackedForRows();
    }

    /** Levels of version 2 lie outside of what is compressed. */
    @Test
    void theReportTellsWhatWasDecompressedForIt() throws IOException {
        for (int version = 1; version <= 2; version++) {
            long unpacked = unpacked(form(Way.JOIN, CompressionCodec.SNAPPY, version));
            assertThat(unpacked > 0).as("version %d", version).isEqualTo(version == 1);
        }
    }

    @Test
    void levelsInTheDeprecatedEncodingAreCounted() throws IOException {
        Consumer<ChunkScript> form = form(Way.JOIN, CompressionCodec.GZIP, 1)
                .andThen(chunk -> chunk.eachPage(page -> page.levelEncoding(Encoding.BIT_PACKED)));
        CompactionReport report = new CompactionProof(
                        write(MiscountedRows.sound(Seeds.base(), 24, form)), Way.JOIN.settings(), folder)
                .holds();
        assertThat(tiers(report.plan())).containsOnly(Tier.JOIN);
        for (Fault fault : Fault.values()) {
            Path source = write(MiscountedRows.with(fault, Telling.ALL, Seeds.base(), 24, form));
            assertRefused(source, Way.JOIN.settings(), fault.name());
        }
    }

    /** A row that lies across row groups goes on in the row group that was written after it. */
    @Test
    void aHealthyRowGroupThatBeginsWithinARowKeepsItsPlaceOrIsRefused() throws IOException {
        FileScript script = MiscountedRows.sound(Seeds.base(), 24, chunk -> {});
        int[] sizes = sizes(write(script));
        int healthy = IntStream.range(0, sizes.length)
                .reduce((a, b) -> sizes[a] > sizes[b] ? a : b)
                .orElseThrow();
        script.rowGroups()
                .get(healthy)
                .chunks()
                .get(MiscountedRows.LIST)
                .triplets()
                .repetitionLevels()[0] = 1;
        Path source = write(script);
        Settings settings = Way.JOIN.settings().withThreshold(new Threshold.Fixed(sizes[healthy]));

        assertThat(healthy).as("the healthy row group is not the first").isPositive();
        assertThatThrownBy(() -> compact(source, settings.withOrder(Order.HEALTHY_FIRST)))
                .isInstanceOf(CorruptFile.class)
                .hasMessageContaining("row group " + healthy
                        + ", column numbers.list.element: a column chunk that begins within a row")
                .hasMessageContaining(Remedy.PRESERVED_ORDER.text());
        assertThatCode(() -> compact(source, settings.withOrder(Order.PRESERVE)))
                .doesNotThrowAnyException();
    }

    /** Alone, a reader begins with a row; after another file, it would go on with that one's last row. */
    @Test
    void aFileThatBeginsWithinARowIsNotPutAfterAnotherOne() throws IOException {
        FileScript broken = MiscountedRows.sound(Seeds.base(), 24, chunk -> {});
        list(broken, 0).triplets().repetitionLevels()[0] = 1;
        Path sound = Files.write(
                folder.resolve("sound.parquet"),
                MiscountedRows.sound(Seeds.base(), 24, chunk -> {}).bytes());
        Path second = Files.write(folder.resolve("second.parquet"), broken.bytes());

        assertThatThrownBy(() -> mergeKeeping(Long.MAX_VALUE, sound, second))
                .isInstanceOf(CorruptFile.class)
                .hasMessageContaining("second.parquet, row group 0")
                .hasMessageContaining("a column chunk that begins within a row");
        assertThat(folder.resolve("merged-0.parquet")).doesNotExist();
    }

    /** A row that lies across two row groups must not be cut where one output ends and the next one begins. */
    @Test
    void aRowGroupThatBeginsWithinARowDoesNotBeginAnOutput() throws IOException {
        FileScript script = MiscountedRows.sound(Seeds.base(), 24, chunk -> {});
        for (int group = 1; group < MiscountedRows.ROW_GROUPS; group++) {
            list(script, group).triplets().repetitionLevels()[0] = 1;
        }
        Path source = write(script);
        long rowGroup = sizes(source)[0];

        assertThatThrownBy(() -> mergeKeeping(rowGroup * 5 / 2, source))
                .isInstanceOf(CorruptFile.class)
                .hasMessageContaining("a column chunk that begins within a row");
    }

    private static ChunkScript list(FileScript script, int rowGroup) {
        return script.rowGroups().get(rowGroup).chunks().get(MiscountedRows.LIST);
    }

    private void mergeKeeping(long maxFileBytes, Path... files) {
        Settings settings = Settings.defaults().withThreshold(new Threshold.Fixed(1));
        new Merger(MergeOptions.defaults()
                        .withCompaction(CompactionOptions.defaults().withSettings(settings))
                        .withMaxFileBytes(maxFileBytes))
                .merge(
                        FoundInputs.of(Stream.of(files)
                                .map(file -> new Candidate(LocalStore.object(file), ""))
                                .toList()),
                        (group, index) -> LocalStore.object(folder.resolve("merged-" + index + ".parquet")));
    }

    private static int[] sizes(Path source) {
        try (ParquetFile file = ParquetFile.open(source)) {
            return IntStream.range(0, file.rowGroups())
                    .map(group -> IntStream.range(0, 3)
                            .map(leaf -> (int) file.chunkMetaData(group, leaf).getTotal_compressed_size())
                            .sum())
                    .toArray();
        }
    }

    /** Readers leave it out, and so would we: but its values may be the end of the row before. */
    @ParameterizedTest
    @EnumSource
    void aRowGroupOfNoRowsThatHoldsValuesIsCorrupt(Effort effort) throws IOException {
        FileScript script = MiscountedRows.sound(Seeds.base(), 24, chunk -> {});
        script.rowGroups()
                .set(2, new RowGroupScript(0, script.rowGroups().get(2).chunks()));

        assertThatThrownBy(() -> compact(write(script), Way.JOIN.settings().withEffort(effort)))
                .isInstanceOf(CorruptFile.class)
                .hasMessageMatching(".*row group 2, column id: a column chunk of 120 values in a row group of 0 rows");
    }

    @Test
    void aFlatColumnOfOtherThanItsRowsIsCorrupt() throws IOException {
        FileScript whole =
                new FileScript(new SchemaScript().required("id", Type.INT64).build(), Seeds.base());
        MiscountedRows.sound(Seeds.base(), 24, chunk -> {})
                .rowGroups()
                .forEach(group -> whole.rowGroup(new RowGroupScript(
                        group.rows() - (whole.rowGroups().isEmpty() ? 1 : 0),
                        List.of(group.chunks().get(0)))));

        assertThatThrownBy(() -> compact(write(whole), Settings.defaults()))
                .isInstanceOf(CorruptFile.class)
                .hasMessageContaining("values in a row group of");
    }

    @Test
    void theMessageSaysWhereAndHowManyRowsThereAre() throws IOException {
        Path source = write(MiscountedRows.with(
                Fault.A_ROW_TOO_MANY,
                Telling.LEVELS_ONLY,
                Seeds.base(),
                24,
                form(Way.JOIN, CompressionCodec.SNAPPY, 1)));

        assertThatThrownBy(() -> compact(source, Way.JOIN.settings()))
                .hasMessage(source + ", row group 1, column numbers.list.element: "
                        + "a column chunk of 121 rows in a row group of 120");
    }

    private static Consumer<ChunkScript> form(Way way, CompressionCodec codec, int version) {
        return chunk -> {
            chunk.compression(io.glulam.testkit.bytes.Compression.of(codec));
            chunk.eachPage(page -> page.version(version));
            chunk.withColumnIndex().withOffsetIndex().withSizeStatistics();
            way.form(chunk);
        };
    }

    private static List<Tier> tiers(Plan plan) {
        return plan.groups().stream()
                .map(MergedGroup.class::cast)
                .flatMap(group -> Stream.of(MiscountedRows.LIST, MiscountedRows.NESTED)
                        .map(leaf -> group.columns().get(leaf).tier()))
                .toList();
    }

    private Path write(FileScript script) throws IOException {
        return Files.write(folder.resolve("source.parquet"), script.bytes());
    }

    private void assertRefused(Path source, Settings settings, String what) {
        assertThatThrownBy(() -> compact(source, settings))
                .as(what)
                .isInstanceOf(CorruptFile.class)
                .hasMessageMatching(".*(a column chunk that begins within a row|a column chunk of \\d+ rows in a row "
                        + "group of \\d+)");
        assertThat(folder.resolve("output.parquet")).as(what).doesNotExist();
    }

    private void compact(Path source, Settings settings) {
        new Compactor(CompactionOptions.defaults().withSettings(settings).withThreads(2))
                .run(Job.of(source, folder.resolve("output.parquet")));
    }
}
