package io.glulam.splice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glulam.codec.JvmCodecs;
import io.glulam.error.VerificationFailed;
import io.glulam.format.Encoding;
import io.glulam.format.Leaf;
import io.glulam.format.LittleEndian;
import io.glulam.page.ByteArrayBuilder;
import io.glulam.page.EncodedPage;
import io.glulam.page.HybridDecoder;
import io.glulam.page.HybridEncoder;
import io.glulam.page.PageForm;
import io.glulam.page.PageHeader;
import io.glulam.page.PageSections;
import io.glulam.page.codec.PageCodec;
import io.glulam.plan.Compression;
import io.glulam.testkit.generate.FileRecipe;
import io.glulam.testkit.generate.ParquetJavaFiles;
import io.glulam.testkit.generate.Seeds;
import io.glulam.testkit.generate.ValueShape;
import io.glulam.testkit.generate.WriterSettings.Feature;
import io.glulam.testkit.mutate.RowBorders;
import io.glulam.testkit.mutate.RowBorders.Slide;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Types;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A splicer that is broken between decoding and compressing: the page is never handed over. */
class ColumnSplicerFaultTest {
    private static final int PLAIN = 0;
    private static final int INDICES = 1;
    private static final int FLAGS = 2;
    private static final int NESTED = 3;
    private static final MessageType SCHEMA = Types.buildMessage()
            .required(PrimitiveTypeName.INT64)
            .named("plain")
            .optional(PrimitiveTypeName.INT64)
            .named("indices")
            .required(PrimitiveTypeName.BOOLEAN)
            .named("flags")
            .repeated(PrimitiveTypeName.INT32)
            .named("nested")
            .named("schema");

    @TempDir
    static Path folder;

    private static SurveyedFile file;

    @BeforeAll
    static void write() throws IOException {
        Path path = folder.resolve("source.parquet");
        ParquetJavaFiles.write(
                FileRecipe.of(Seeds.base(), SCHEMA)
                        .withShape("plain", ValueShape.HIGH_CARDINALITY)
                        .withShape("indices", ValueShape.DRIFTING)
                        .withShape("flags", ValueShape.LOW_CARDINALITY)
                        .withShape("nested", ValueShape.HIGH_CARDINALITY)
                        .withRows(203, 157, 181)
                        .withSettings(settings -> settings.withVersion(WriterVersion.PARQUET_1_0)
                                .with(Feature.DICTIONARY)
                                .with(Feature.CHECKSUMS)),
                path);
        file = new SurveyedFile(path);
    }

    @ParameterizedTest
    @ValueSource(ints = {PLAIN, INDICES, FLAGS, NESTED})
    void withoutAFaultThePageIsMade(int leaf) {
        assertThatCode(() -> splice(leaf, UnaryOperator.identity())).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(ints = {PLAIN, NESTED})
    void aFlippedBitAnywhereIsFound(int leaf) {
        int length = splice(leaf, UnaryOperator.identity()).header().uncompressedSize();
        int step = Math.max(1, length / 300);
        for (int at = 0; at < length; at += step) {
            int flipped = at;
            assertThatThrownBy(() -> splice(leaf, body -> {
                        body[flipped] ^= (byte) (1 << flipped % 8);
                        return body;
                    }))
                    .as("byte %d of %d", at, length)
                    .isInstanceOf(VerificationFailed.class);
        }
    }

    @Test
    void everyBooleanCounts() {
        int count = 203 + 157 + 181;
        for (int i = 0; i < count; i++) {
            int flipped = i;
            assertThatThrownBy(() -> splice(FLAGS, body -> {
                        body[flipped / 8] ^= (byte) (1 << flipped % 8);
                        return body;
                    }))
                    .as("boolean %d of %d", i, count)
                    .isInstanceOf(VerificationFailed.class);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {PLAIN, FLAGS, NESTED})
    void aShiftedSeamIsFound(int leaf) {
        assertThatThrownBy(() -> splice(leaf, body -> {
                    System.arraycopy(body, 64, body, 63, body.length - 64);
                    return body;
                }))
                .isInstanceOf(VerificationFailed.class);
    }

    @ParameterizedTest
    @EnumSource
    void aValueThatSlidesIntoAnotherRowIsFound(Slide slide) {
        int count = file.column(NESTED, 1 << 20).pages().valueCount(0);
        assertThatThrownBy(() -> splice(NESTED, body -> {
                    int length = LittleEndian.getInt(body, 0);
                    return RowBorders.slid(body, 4, 4 + length, 1, count, slide);
                }))
                .isInstanceOf(VerificationFailed.class);
    }

    @Test
    void twoSwappedIndicesAreFound() {
        SurveyedColumn column = file.column(INDICES, 1 << 20);
        for (long seed : Seeds.stream().toArray()) {
            Swap swap = new Swap(column.leaf(), new Random(seed));
            assertThatThrownBy(() -> splice(INDICES, swap)).as("seed %d", seed).isInstanceOf(VerificationFailed.class);
            assertThat(swap.done).isTrue();
        }
    }

    @Test
    void aWrongEntryOfTheUnionDictionaryIsFound() {
        SurveyedColumn column = file.column(INDICES, 1 << 20);
        for (int at = 0; at < column.unionBytes(); at++) {
            int flipped = at;
            try (ColumnSplicer splicer = splicer(column, body -> {
                body[flipped] ^= 1;
                return body;
            })) {
                assertThatThrownBy(splicer::dictionaryPage).isInstanceOf(VerificationFailed.class);
            }
        }
    }

    @Test
    void twoSwappedEntriesOfTheMappingAreFound() {
        SurveyedColumn sound = file.column(INDICES, 1 << 20);
        UnionDictionary union = new UnionDictionary(8) {
            @Override
            void map(byte[] body, int length, int entries, int[] mapping) {
                super.map(body, length, entries, mapping);
                int first = mapping[0];
                mapping[0] = mapping[1];
                mapping[1] = first;
            }
        };
        UnionDictionary truth = sound.union();
        union.add(truth.bytes(), truth.byteSize(), truth.size());
        SurveyedColumn column = new SurveyedColumn(
                sound.leaf(),
                sound.fragments(),
                sound.pages(),
                sound.dictionaries(),
                union,
                false,
                false,
                new BitSet());

        try (ColumnSplicer splicer = splicer(column, UnaryOperator.identity())) {
            assertThatThrownBy(() -> splicer.splice(0, column.pageCount()))
                    .isInstanceOf(VerificationFailed.class)
                    .hasMessageContaining("mapped to another value");
        }
    }

    private static EncodedPage splice(int leaf, UnaryOperator<byte[]> fault) {
        SurveyedColumn column = file.column(leaf, 1 << 20);
        try (ColumnSplicer splicer = splicer(column, fault)) {
            return splicer.splice(0, column.pageCount());
        }
    }

    private static ColumnSplicer splicer(SurveyedColumn column, UnaryOperator<byte[]> fault) {
        PageForm form = column.form(Compression.KEEP);
        return new ColumnSplicer(
                column, new PageRows(column), form, new FaultyCodec(JvmCodecs.INSTANCE.of(form.codec()), fault));
    }

    /** Compresses other bytes than it is given. */
    private record FaultyCodec(PageCodec codec, UnaryOperator<byte[]> fault) implements PageCodec {
        @Override
        public int compress(byte[] source, int from, int length, byte[] target, int targetFrom) {
            byte[] other = fault.apply(Arrays.copyOfRange(source, from, from + length));
            return codec.compress(other, 0, length, target, targetFrom);
        }

        @Override
        public void decompress(byte[] source, int from, int length, byte[] target, int targetFrom, int targetLength) {
            codec.decompress(source, from, length, target, targetFrom, targetLength);
        }

        @Override
        public int decompressStart(byte[] source, int from, int length, byte[] target, int targetFrom, int wanted) {
            return codec.decompressStart(source, from, length, target, targetFrom, wanted);
        }

        @Override
        public int maxCompressedLength(int length) {
            return codec.maxCompressedLength(length);
        }

        @Override
        public void close() {
            codec.close();
        }
    }

    /** Swaps two different dictionary indices of a version 1 page, if the page stays as long. */
    private static final class Swap implements UnaryOperator<byte[]> {
        private final Leaf leaf;
        private final Random random;
        private boolean done;

        Swap(Leaf leaf, Random random) {
            this.leaf = leaf;
            this.random = random;
        }

        @Override
        public byte[] apply(byte[] body) {
            int values = 203 + 157 + 181;
            PageHeader header = PageHeader.dataPage(body.length, body.length, values, Encoding.RLE_DICTIONARY.value());
            PageSections sections = PageSections.of(header, leaf, body, 0, body.length);
            int from = sections.valuesFrom() + 1;
            int width = body[from - 1];
            int count = HybridDecoder.count(
                    body,
                    sections.definitionFrom(),
                    sections.definitionFrom() + sections.definitionLength(),
                    1,
                    values,
                    1);
            int[] indices = new int[count];
            HybridDecoder.decode(body, from, body.length, width, indices, 0, count);
            while (true) {
                int a = random.nextInt(count);
                int b = random.nextInt(count);
                byte[] swapped = encoded(indices, a, b, width);
                if (indices[a] != indices[b] && swapped.length == body.length - from) {
                    System.arraycopy(swapped, 0, body, from, swapped.length);
                    done = true;
                    return body;
                }
            }
        }

        private static byte[] encoded(int[] indices, int a, int b, int width) {
            int[] swapped = indices.clone();
            swapped[a] = indices[b];
            swapped[b] = indices[a];
            ByteArrayBuilder out = new ByteArrayBuilder(16);
            HybridEncoder.encode(swapped, 0, swapped.length, width, out);
            return Arrays.copyOf(out.array(), out.size());
        }
    }
}
