package io.glulam;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.plan.Effort;
import io.glulam.plan.OutputGroup;
import io.glulam.plan.Reason;
import io.glulam.plan.Settings;
import io.glulam.plan.Threshold;
import io.glulam.plan.Tier;
import io.glulam.testkit.bytes.NastyFiles;
import io.glulam.testkit.generate.FileRecipe;
import io.glulam.testkit.generate.Fragment;
import io.glulam.testkit.generate.ParquetJavaFiles;
import io.glulam.testkit.generate.Seeds;
import io.glulam.testkit.generate.ValueShape;
import io.glulam.testkit.generate.WriterSettings;
import io.glulam.testkit.generate.WriterSettings.Feature;
import io.glulam.testkit.lint.Linter;
import io.glulam.testkit.read.ChunkPages;
import io.glulam.testkit.read.PageInfo;
import io.glulam.testkit.read.ParquetFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.OffsetIndex;
import org.apache.parquet.format.PageEncodingStats;
import org.apache.parquet.format.PageLocation;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Types;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each tier fires where it should, for the reason that it should, and lays the pages out as it should. */
class TiersTest {
    private static final Settings COPY = Settings.defaults().withEffort(Effort.COPY);

    private static final int ROWS = 600;
    private static final int FRAGMENTS = 5;
    private static final MessageType SCHEMA = Types.buildMessage()
            .optional(PrimitiveTypeName.BINARY)
            .as(LogicalTypeAnnotation.stringType())
            .named("value")
            .named("schema");

    @TempDir
    Path folder;

    private CompactionReport report;

    @ParameterizedTest
    @EnumSource(
            value = WriterVersion.class,
            names = {"PARQUET_1_0", "PARQUET_2_0"})
    void pagesWithoutDictionaryMoveAsTheyAre(WriterVersion version) throws IOException {
        Path source = write(
                ValueShape.HIGH_CARDINALITY,
                settings -> settings.withVersion(version).withPages(1 << 20, 200));
        compact(source, COPY.withPages(1 << 20, 300));

        assertFired(Tier.JOIN, Reason.NO_DICTIONARY);
        assertThat(bodies(output())).isEqualTo(bodies(source));
        assertThat(report.columns().get(0).pages()).isEqualTo(FRAGMENTS * 3);
        assertPagesAreTold();
    }

    @ParameterizedTest
    @EnumSource(
            value = PrimitiveTypeName.class,
            names = {"INT32", "INT64", "FLOAT", "DOUBLE", "BINARY"})
    void theBloomFilterOfRecodedValuesHoldsThemAndHardlyAnyOther(PrimitiveTypeName type) throws IOException {
        MessageType schema = Types.buildMessage().optional(type).named("value").named("schema");
        FileRecipe recipe = FileRecipe.of(7, schema)
                .withShape("value", ValueShape.HIGH_CARDINALITY)
                .withRows(2_000, 2_000, 2_000, 2_000, 2_000, 2_000, 2_000, 2_000)
                .withSettings(settings -> settings.with(Feature.BLOOM_FILTERS));
        Path source = folder.resolve("plain.parquet");
        ParquetJavaFiles.write(recipe, source);
        compact(source, COPY.withEffort(Effort.SMALLEST));

        assertThat(report.columns().get(0).tier()).isEqualTo(Tier.RECODE);
        assertThat(Linter.errors(output())).isEmpty();
        try (ParquetFile file = ParquetFile.open(output())) {
            byte[] bits = file.bloomFilter(0, 0).orElseThrow().bits();
            // For 16,000 values at 1 %; each of the sources' filters, and so their union, has an eighth of that.
            assertThat(bits).hasSizeBetween(16 << 10, 32 << 10);
            assertThat(IntStream.range(0, bits.length)
                            .map(i -> Integer.bitCount(bits[i] & 0xff))
                            .sum())
                    .isLessThan(bits.length * 8 * 3 / 5);
        }
    }

    @Test
    void pagesOfEqualDictionariesMoveAsTheyAre() throws IOException {
        Path source = write(
                ValueShape.CONSTANT,
                settings -> settings.with(Feature.DICTIONARY).withPages(1 << 20, 200));
        compact(source, COPY.withPages(1 << 20, 300));

        assertFired(Tier.JOIN, Reason.EQUAL_DICTIONARIES);
        assertThat(bodies(output())).isEqualTo(bodies(source));
        assertThat(dictionaryPages()).isEqualTo(1);
        assertPagesAreTold();
    }

    @ParameterizedTest
    @EnumSource(
            value = WriterVersion.class,
            names = {"PARQUET_1_0", "PARQUET_2_0"})
    void differentDictionariesAreUnited(WriterVersion version) throws IOException {
        Path source = write(
                ValueShape.DRIFTING, settings -> settings.withVersion(version).with(Feature.DICTIONARY));
        compact(source, COPY);

        assertFired(Tier.REMAP, Reason.DICTIONARIES_DIFFER);
        assertThat(dictionaryPages()).isEqualTo(1);
        assertThat(report.columns().get(0).pages()).as("full-size pages").isEqualTo(1);
        assertThat(dataPages()).allMatch(PageInfo::isDictionaryEncoded);
        assertPagesAreTold();
    }

    @Test
    void remappedPagesKeepWithinTheirTarget() throws IOException {
        Path source = write(ValueShape.DRIFTING, settings -> settings.with(Feature.DICTIONARY));
        compact(source, COPY.withPages(1 << 20, 2 * ROWS));

        assertThat(dataPages()).extracting(PageInfo::numValues).containsExactly(2 * ROWS, 2 * ROWS, ROWS);
        assertPagesAreTold();
    }

    @ParameterizedTest
    @EnumSource(
            value = WriterVersion.class,
            names = {"PARQUET_1_0"})
    void pagesFarUnderTheirTargetAreJoined(WriterVersion version) throws IOException {
        Path source = write(
                ValueShape.HIGH_CARDINALITY,
                settings -> settings.withVersion(version).withPages(1 << 20, 50));
        compact(source, COPY);

        assertFired(Tier.COALESCE, Reason.PAGES_FAR_UNDER_TARGET);
        assertThat(report.columns().get(0).sourcePages()).isEqualTo(FRAGMENTS * ROWS / 50);
        assertThat(dataPages()).extracting(PageInfo::numValues).containsExactly(FRAGMENTS * ROWS);
        assertThat(dataPages()).extracting(PageInfo::encoding).containsExactly(Encoding.PLAIN);
        assertPagesAreTold();
    }

    @Test
    void aUnionDictionaryOverItsCapIsRecoded() throws IOException {
        Path source = write(ValueShape.DRIFTING, settings -> settings.with(Feature.DICTIONARY));
        compact(source, COPY.withDictionaryCapBytes(0));

        assertFired(Tier.RECODE, Reason.UNION_DICTIONARY_OVER_CAP);
        assertPagesAreTold();
    }

    @Test
    void differentCodecsAreRecoded() throws IOException {
        compact(writeMixed(ValueShape.HIGH_CARDINALITY, base(), base().withCodec(CompressionCodecName.ZSTD)), COPY);

        assertFired(Tier.RECODE, Reason.CODECS_DIFFER);
        assertPagesAreTold();
    }

    @Test
    void differentPageVersionsAreRecoded() throws IOException {
        compact(writeMixed(ValueShape.HIGH_CARDINALITY, base(), base().withVersion(WriterVersion.PARQUET_2_0)), COPY);

        assertFired(Tier.RECODE, Reason.PAGE_VERSIONS_DIFFER);
        assertPagesAreTold();
    }

    @Test
    void dictionariesBehindPlainPagesAreRecoded() throws IOException {
        compact(writeMixed(ValueShape.LOW_CARDINALITY, base(), base().with(Feature.DICTIONARY)), COPY);

        assertFired(Tier.RECODE, Reason.PLAIN_BEFORE_DICTIONARY);
        assertPagesAreTold();
    }

    @Test
    void bitPackedLevelsAreRecodedWherePagesAreWrittenAgain() throws IOException {
        Path source = NastyFiles.named("bit-packed-levels-with-dictionary", Seeds.base())
                .write(folder);
        compact(source, COPY);

        assertThat(report.columns())
                .filteredOn(column -> column.reason() == Reason.BIT_PACKED_LEVELS)
                .isNotEmpty()
                .allMatch(column -> column.tier() == Tier.RECODE);
    }

    @Test
    void differentFramingsOfLz4AreRecoded() throws IOException {
        Path source = NastyFiles.named("codecs-differ", Seeds.base()).write(folder);
        compact(source, COPY);

        assertThat(report.columns()).allMatch(column -> column.tier() == Tier.RECODE);
    }

    @Test
    void healthyRowGroupsAreKept() throws IOException {
        Path source = write(ValueShape.HIGH_CARDINALITY, settings -> settings);
        CompactionReport nothing = new Compactor(
                        CompactionOptions.defaults().withSettings(COPY.withThreshold(new Threshold.Fixed(1))))
                .run(Job.of(source, folder.resolve("copy.parquet")));

        assertThat(nothing.plan().isEmpty()).isTrue();
        assertThat(nothing.plan().groups())
                .hasSize(FRAGMENTS)
                .allMatch(group -> group instanceof OutputGroup.KeptGroup kept && kept.reason() == Reason.HEALTHY);
        assertThat(folder.resolve("copy.parquet")).hasSameBinaryContentAs(source);
    }

    // ------------------------------------------------------------

    private Path output() {
        return folder.resolve("compacted.parquet");
    }

    private static WriterSettings base() {
        return WriterSettings.defaults().without(Feature.DICTIONARY);
    }

    private Path write(ValueShape shape, UnaryOperator<WriterSettings> change) throws IOException {
        return write(shape, List.of(change.apply(base())));
    }

    private Path writeMixed(ValueShape shape, WriterSettings first, WriterSettings second) throws IOException {
        return write(shape, List.of(first, second));
    }

    /** Fragments that take turns with the settings. */
    private Path write(ValueShape shape, List<WriterSettings> settings) throws IOException {
        List<Fragment> fragments = new ArrayList<>();
        for (int i = 0; i < FRAGMENTS; i++) {
            fragments.add(new Fragment(ROWS, settings.get(i % settings.size())));
        }
        FileRecipe recipe = FileRecipe.of(Seeds.base(), SCHEMA).withShape(shape).withFragments(fragments);
        return ParquetJavaFiles.write(recipe, folder.resolve("source.parquet")).file();
    }

    private void compact(Path source, Settings settings) throws IOException {
        report = new CompactionProof(source, settings, folder).holds();
    }

    private void assertFired(Tier tier, Reason reason) {
        assertThat(report.columns()).singleElement().satisfies(column -> {
            assertThat(column.tier()).isEqualTo(tier);
            assertThat(column.reason()).isEqualTo(reason);
        });
    }

    /** Stored bodies of all data pages, in order. */
    private static List<List<Byte>> bodies(Path path) {
        List<List<Byte>> bodies = new ArrayList<>();
        try (ParquetFile file = ParquetFile.open(path)) {
            for (int group = 0; group < file.rowGroups(); group++) {
                for (PageInfo page : file.pages(group, 0).dataPages()) {
                    List<Byte> body = new ArrayList<>();
                    for (byte next : file.bytes(page.bodyOffset(), page.compressedSize())) {
                        body.add(next);
                    }
                    bodies.add(body);
                }
            }
        }
        return bodies;
    }

    private List<PageInfo> dataPages() {
        try (ParquetFile file = ParquetFile.open(output())) {
            return file.pages(0, 0).dataPages();
        }
    }

    private long dictionaryPages() {
        try (ParquetFile file = ParquetFile.open(output())) {
            return file.pages(0, 0).pages().stream()
                    .filter(PageInfo::isDictionary)
                    .count();
        }
    }

    /** Footer and offset index tell of just the pages that are there. */
    private void assertPagesAreTold() {
        try (ParquetFile file = ParquetFile.open(output())) {
            ColumnMetaData chunk = file.chunkMetaData(0, 0);
            ChunkPages pages = file.pages(0, 0);
            assertThat(chunk.getEncoding_stats().stream()
                            .mapToInt(PageEncodingStats::getCount)
                            .sum())
                    .isEqualTo(pages.pages().size());
            for (PageInfo page : pages.pages()) {
                assertThat(chunk.getEncodings()).contains(page.encoding());
            }
            OffsetIndex index = file.offsetIndex(0, 0).orElseThrow();
            assertThat(index.getPage_locations())
                    .extracting(PageLocation::getOffset)
                    .isEqualTo(pages.dataPages().stream().map(PageInfo::offset).toList());
            assertThat(file.columnIndex(0, 0).orElseThrow().getNull_pages())
                    .hasSize(pages.dataPages().size());
        }
    }
}
