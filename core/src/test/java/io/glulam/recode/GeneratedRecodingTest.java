package io.glulam.recode;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.decode.OpenedFile;
import io.glulam.decode.TripletCollector;
import io.glulam.format.Encoding;
import io.glulam.format.Leaf;
import io.glulam.format.PhysicalType;
import io.glulam.format.Statistics;
import io.glulam.statistics.ValueOrder;
import io.glulam.testkit.generate.FileRecipe;
import io.glulam.testkit.generate.Generated;
import io.glulam.testkit.generate.ParquetJavaFiles;
import io.glulam.testkit.generate.Seeds;
import io.glulam.testkit.generate.ValueShape;
import io.glulam.testkit.read.ParquetFile;
import io.glulam.testkit.read.Triplets;
import io.glulam.testkit.read.Values;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Generated columns, recoded in any settings: levels, values, counts and bounds are those of the source. */
@Tag("once")
class GeneratedRecodingTest {
    @TempDir
    private Path folder;

    static LongStream seeds() {
        return Seeds.stream();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void keepsEveryLevelAndEveryBit(long seed) throws IOException {
        expectFaithful(FileRecipe.any(seed), seed);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void keepsTheEdgesOfTheTypes(long seed) throws IOException {
        expectFaithful(FileRecipe.any(seed).withShape(ValueShape.SPECIAL), seed);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void keepsRunsOfNulls(long seed) throws IOException {
        expectFaithful(FileRecipe.any(seed).withShape(ValueShape.RUNS), seed);
    }

    private void expectFaithful(FileRecipe recipe, long seed) throws IOException {
        Generated generated = ParquetJavaFiles.write(recipe, folder.resolve("source.parquet"));
        Random random = new Random(seed);
        try (OpenedFile file = OpenedFile.open(generated.file());
                ParquetFile oracle = ParquetFile.open(generated.file())) {
            for (Leaf leaf : file.leaves()) {
                RecodeSettings settings = anySettings(leaf, random);
                String what = generated + ", column " + leaf.name() + ", " + settings;
                MemorySink sink = new MemorySink();
                RecodedChunk chunk = recode(file, leaf, settings, sink);
                Triplets expected = triplets(oracle, leaf);
                assertThat(LibraryReader.read(leaf, sink).sameAs(expected))
                        .as(what)
                        .isTrue();
                assertThat(TripletCollector.read(leaf, sink.stream(), null).sameAs(expected))
                        .as(what)
                        .isTrue();
                expectTrueCounts(leaf, settings, sink, chunk, expected, what);
                expectExactBounds(leaf, chunk.statistics(), expected.values(), what);
                expectDictionaryPagesFirst(sink, what);
            }
        }
    }

    private static RecodedChunk recode(OpenedFile file, Leaf leaf, RecodeSettings settings, PageSink sink) {
        ColumnRecoder recoder = new ColumnRecoder(leaf, settings, sink);
        for (int rowGroup = 0; rowGroup < file.footer().rowGroupCount(); rowGroup++) {
            recoder.add(
                    file.pages(rowGroup, leaf.index()),
                    file.footer().createdBy(),
                    file.footer().rows(rowGroup));
        }
        return recoder.finish();
    }

    private static Triplets triplets(ParquetFile oracle, Leaf leaf) {
        IntStream.Builder repetition = IntStream.builder();
        IntStream.Builder definition = IntStream.builder();
        Values.Builder values = new Values.Builder(0);
        for (int rowGroup = 0; rowGroup < oracle.rowGroups(); rowGroup++) {
            Triplets part = oracle.triplets(rowGroup, leaf.index());
            Arrays.stream(part.repetitionLevels()).forEach(repetition::add);
            Arrays.stream(part.definitionLevels()).forEach(definition::add);
            values.addAll(part.values());
        }
        return new Triplets(repetition.build().toArray(), definition.build().toArray(), values.build());
    }

    static RecodeSettings anySettings(Leaf leaf, Random random) {
        List<Encoding> encodings = switch (leaf.type()) {
            case BOOLEAN -> List.of(Encoding.PLAIN, Encoding.RLE);
            case INT32, INT64 -> List.of(Encoding.PLAIN, Encoding.DELTA_BINARY_PACKED, Encoding.BYTE_STREAM_SPLIT);
            case FLOAT, DOUBLE -> List.of(Encoding.PLAIN, Encoding.BYTE_STREAM_SPLIT);
            case INT96 -> List.of(Encoding.PLAIN);
            case BYTE_ARRAY -> List.of(Encoding.PLAIN, Encoding.DELTA_LENGTH_BYTE_ARRAY, Encoding.DELTA_BYTE_ARRAY);
            case FIXED_LEN_BYTE_ARRAY -> List.of(Encoding.PLAIN, Encoding.DELTA_BYTE_ARRAY, Encoding.BYTE_STREAM_SPLIT);
        };
        List<@Nullable Encoding> dictionaries =
                Arrays.asList(Encoding.PLAIN_DICTIONARY, Encoding.RLE_DICTIONARY, Encoding.RLE_DICTIONARY, null);
        return new RecodeSettings(
                1 + random.nextInt(2),
                encodings.get(random.nextInt(encodings.size())),
                dictionaries.get(random.nextInt(4)),
                random.nextBoolean() ? 1 << 20 : 300,
                random.nextBoolean() ? 1 << 20 : 500,
                random.nextBoolean() ? 20_000 : 1 + random.nextInt(100),
                random.nextInt(3) == 0 ? random.nextInt(5000) : -1);
    }

    private static void expectTrueCounts(
            Leaf leaf, RecodeSettings settings, MemorySink sink, RecodedChunk chunk, Triplets expected, String what) {
        assertThat(chunk.rowCount()).as(what).isEqualTo(expected.rows());
        assertThat(chunk.valueCount()).as(what).isEqualTo(expected.count());
        assertThat(chunk.statistics().nullCount())
                .as(what)
                .isEqualTo(expected.count() - expected.values().count());
        long bytes = leaf.type() == PhysicalType.BYTE_ARRAY ? expected.values().totalLength() : -1;
        assertThat(chunk.sizeStatistics().unencodedByteArrayBytes()).as(what).isEqualTo(bytes);
        expectHistogram(
                chunk.sizeStatistics().repetitionLevels(),
                expected.repetitionLevels(),
                leaf.maxRepetitionLevel(),
                what);
        expectHistogram(
                chunk.sizeStatistics().definitionLevels(),
                expected.definitionLevels(),
                leaf.maxDefinitionLevel(),
                what);
        int at = 0;
        for (RecodedPage page : sink.pages) {
            int values = page.counts().values();
            int[] repetition = Arrays.copyOfRange(expected.repetitionLevels(), at, at + values);
            int[] definition = Arrays.copyOfRange(expected.definitionLevels(), at, at + values);
            assertThat(repetition[0]).as(what).isZero();
            assertThat(page.counts().rows()).as(what).isLessThanOrEqualTo(settings.pageRows());
            assertThat((long) page.counts().rows())
                    .as(what)
                    .isEqualTo(Arrays.stream(repetition)
                            .filter(level -> level == 0)
                            .count());
            assertThat((long) page.counts().nulls())
                    .as(what)
                    .isEqualTo(Arrays.stream(definition)
                            .filter(level -> level < leaf.maxDefinitionLevel())
                            .count());
            expectHistogram(page.sizes().definitionLevels(), definition, leaf.maxDefinitionLevel(), what);
            at += values;
        }
        assertThat(at).as(what).isEqualTo(expected.count());
    }

    private static void expectHistogram(long[] histogram, int[] levels, int max, String what) {
        long[] expected = new long[max == 0 ? 0 : max + 1];
        if (max > 0) {
            Arrays.stream(levels).forEach(level -> expected[level]++);
        }
        assertThat(histogram).as(what).isEqualTo(expected);
    }

    private static void expectExactBounds(Leaf leaf, Statistics statistics, Values values, String what) {
        ValueOrder order = ValueOrder.of(leaf);
        boolean onlyNaN = order.isTotal();
        for (int i = 0; i < values.count(); i++) {
            onlyNaN &= order.isDefined() && order.isNaN(values.get(i));
        }
        byte[] min = null;
        byte[] max = null;
        boolean bounded = order.isDefined();
        for (int i = 0; i < values.count(); i++) {
            bounded &= order.isTotal() || !order.isNaN(values.get(i));
        }
        for (int i = 0; i < values.count() && bounded; i++) {
            byte[] value = values.get(i);
            if (order.isBound(value) && (onlyNaN || !order.isNaN(value))) {
                min = min == null || order.compare(value, min) < 0 ? value : min;
                max = max == null || order.compare(value, max) > 0 ? value : max;
            }
        }
        assertThat(statistics.minValue()).as(what).isEqualTo(min == null ? null : order.asLower(min));
        assertThat(statistics.maxValue()).as(what).isEqualTo(max == null ? null : order.asUpper(max));
        assertThat(statistics.minExact()).as(what).isEqualTo(min == null ? null : Boolean.TRUE);
    }

    private static void expectDictionaryPagesFirst(MemorySink sink, String what) {
        List<Boolean> indexed = new ArrayList<>();
        sink.pages.forEach(page -> indexed.add(page.encoding().isDictionary()));
        int used = indexed.lastIndexOf(true) + 1;
        assertThat(indexed.subList(0, used)).as(what).doesNotContain(false);
        assertThat(sink.dictionary() != null).as(what).isEqualTo(used > 0);
    }
}
