package io.glulam.recode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glulam.codec.JvmCodecs;
import io.glulam.decode.ListPageStream;
import io.glulam.decode.OpenedFile;
import io.glulam.format.CompressionCodec;
import io.glulam.format.Encoding;
import io.glulam.format.Leaf;
import io.glulam.format.PhysicalType;
import io.glulam.format.SortOrder;
import io.glulam.page.EncodedPage;
import io.glulam.page.PageEncoder;
import io.glulam.page.PageForm;
import io.glulam.page.PageHeader;
import io.glulam.page.PageStream;
import io.glulam.page.codec.PageCodec;
import io.glulam.testkit.generate.FileRecipe;
import io.glulam.testkit.generate.ParquetJavaFiles;
import io.glulam.testkit.generate.Seeds;
import io.glulam.testkit.read.ParquetFile;
import io.glulam.testkit.read.Triplets;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("once")
class SampleEncoderTest {
    private static final PageForm FORM = new PageForm(CompressionCodec.ZSTD, 0, 2, false, false, false);

    @TempDir
    private Path folder;

    static LongStream seeds() {
        return Seeds.stream();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aWindowOfEverythingTakesWhatRecodingTakes(long seed) throws IOException {
        Path path = folder.resolve("source.parquet");
        ParquetJavaFiles.write(FileRecipe.any(seed), path);
        try (OpenedFile file = OpenedFile.open(path);
                ParquetFile oracle = ParquetFile.open(path)) {
            for (Leaf leaf : file.leaves()) {
                String what = "seed " + seed + ", column " + leaf.name();
                List<Encoding> encodings = Arrays.stream(Encoding.values())
                        .filter(encoding -> !encoding.isDictionary() && encoding.isFor(leaf.type()))
                        .toList();
                try (SampleEncoder sample =
                        new SampleEncoder(leaf, FORM, JvmCodecs.INSTANCE, encodings, 1 << 20, 500, 3)) {
                    String createdBy = file.footer().createdBy();
                    SampleWindow window =
                            sample.addWindow(file.pages(0, leaf.index()), createdBy, 0, Integer.MAX_VALUE);
                    Triplets triplets = oracle.triplets(0, leaf.index());
                    assertThat(window.values()).as(what).isEqualTo(triplets.count());
                    assertThat(window.rows()).as(what).isEqualTo(triplets.rows());
                    assertThat(window.nulls())
                            .as(what)
                            .isEqualTo(triplets.count() - triplets.values().count());
                    if (sample.distinct() > 0) {
                        assertThat(sample.distinct()).as(what).isEqualTo(distinct(triplets));
                        assertThat(window.distinct()).as(what).isEqualTo(sample.distinct());
                        assertThat(window.newDistinct()).as(what).isEqualTo(sample.distinct());
                    }
                    for (Encoding encoding : encodings) {
                        RecodeSettings settings = new RecodeSettings(2, encoding, null, 0, 1 << 20, 500);
                        assertThat(window.sizes().get(encoding))
                                .as(what + ", " + encoding)
                                .isEqualTo(recodedSize(file, leaf, settings).data());
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void indexPagesAndDictionaryTakeWhatRecodingTakes(long seed) throws IOException {
        Path path = folder.resolve("source.parquet");
        ParquetJavaFiles.write(FileRecipe.any(seed), path);
        try (OpenedFile file = OpenedFile.open(path)) {
            for (Leaf leaf : file.leaves()) {
                try (SampleEncoder sample =
                        new SampleEncoder(leaf, FORM, JvmCodecs.INSTANCE, List.of(), 1 << 20, 1 << 20, 3)) {
                    String createdBy = file.footer().createdBy();
                    sample.addWindow(file.pages(0, leaf.index()), createdBy, 0, Integer.MAX_VALUE);
                    if (sample.distinct() < 2) {
                        continue;
                    }
                    RecodeSettings settings = new RecodeSettings(
                            2, Encoding.PLAIN, Encoding.RLE_DICTIONARY, 1 << 24, 1 << 24, 1 << 20, 0);
                    Sizes expected = recodedSize(file, leaf, settings);
                    int width = 32 - Integer.numberOfLeadingZeros(sample.distinct() - 1);
                    String what = "seed " + seed + ", column " + leaf.name();
                    assertThat(sample.indexPages(0, width)).as(what).isEqualTo(expected.data());
                    assertThat(sample.dictionaryPage()).as(what).isEqualTo(expected.dictionary());
                    assertThat(sample.indexPages(0, width + 5).uncompressed())
                            .as(what)
                            .isGreaterThanOrEqualTo(expected.data().uncompressed());
                }
            }
        }
    }

    @Test
    void windowsBeginAndEndWithRowsAndTellWhatIsNew() {
        // Rows of three values each: 0 0 0, 1 1 1, and so on.
        Leaf leaf = new Leaf(0, List.of("list"), PhysicalType.INT32, 0, 1, 1, SortOrder.INT32_SIGNED);
        try (SampleEncoder sample =
                new SampleEncoder(leaf, FORM, JvmCodecs.INSTANCE, List.of(Encoding.PLAIN), 1 << 20, 20_000, 3)) {
            SampleWindow first = sample.addWindow(triples(100), null, 0, 10);
            assertThat(first.rows()).isEqualTo(4);
            assertThat(first.values()).isEqualTo(12);
            assertThat(first.plainBytes()).isEqualTo(48);
            // From the middle of row 2 on: rows 3 to 5, of which row 3 is known.
            SampleWindow second = sample.addWindow(triples(100), null, 7, 9);
            assertThat(second.rows()).isEqualTo(3);
            assertThat(second.distinct()).isEqualTo(3);
            assertThat(second.newDistinct()).isEqualTo(2);
            assertThat(sample.distinct()).isEqualTo(6);
            assertThat(sample.distinctBytes()).isEqualTo(24);
            SampleWindow none = sample.addWindow(triples(100), null, 300, 9);
            assertThat(none.values()).isZero();
            assertThat(none.sizes()).containsEntry(Encoding.PLAIN, EncodedSize.NONE);
            assertThat(sample.windows()).containsExactly(first, second, none);
        }
    }

    @Test
    void booleansHaveNoDictionary() {
        Leaf leaf = new Leaf(0, List.of("flag"), PhysicalType.BOOLEAN, 0, 0, 0, SortOrder.BOOLEAN);
        byte[] body = {5};
        PageHeader header = PageHeader.dataPage(1, 1, 4, Encoding.PLAIN.value());
        PageStream pages = new ListPageStream(List.of(new PageStream.Page(header, body, 0, 1, 0)));
        try (SampleEncoder sample =
                new SampleEncoder(leaf, FORM, JvmCodecs.INSTANCE, List.of(Encoding.RLE), 1 << 20, 20_000, 3)) {
            SampleWindow window = sample.addWindow(pages, null, 0, 100);
            assertThat(window.plainBytes()).isEqualTo(1);
            assertThat(sample.distinct()).isZero();
            assertThatThrownBy(() -> sample.indexPages(0, 1)).isInstanceOf(IllegalStateException.class);
        }
    }

    /** While it grew, the old array and the new one were in memory at once. */
    @Test
    void roomForDifferentValuesIsMadeOnceAfterTheFirstWindow() {
        Leaf leaf = new Leaf(0, List.of("text"), PhysicalType.BYTE_ARRAY, 0, 0, 0, SortOrder.BYTES_UNSIGNED);
        int windows = 8;
        int values = 2_000;
        try (SampleEncoder sample =
                new SampleEncoder(leaf, FORM, JvmCodecs.INSTANCE, List.of(), 1 << 20, 20_000, windows)) {
            sample.addWindow(texts(0, values), null, 0, values);
            long expected = windows * sample.distinctBytes();
            for (int window = 1; window < windows; window++) {
                sample.addWindow(texts(window * values, values), null, 0, values);
                assertThat(sample.distinctRoom()).as("window %d", window).isEqualTo((int) expected);
            }
            assertThat(sample.distinctBytes()).isEqualTo(expected);
        }
    }

    /** Different texts of one length. */
    private static PageStream texts(int from, int count) {
        int length = 30;
        ByteBuffer body = ByteBuffer.allocate(count * (4 + length)).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < count; i++) {
            body.putInt(length).put("text number %018d".formatted(from + i).getBytes(StandardCharsets.US_ASCII));
        }
        PageHeader header = PageHeader.dataPage(body.capacity(), body.capacity(), count, Encoding.PLAIN.value());
        return new ListPageStream(List.of(new PageStream.Page(header, body.array(), 0, body.capacity(), 0)));
    }

    private static PageStream triples(int rows) {
        int count = rows * 3;
        // Levels bit-packed: repetition 0 1 1, definition all 1, each behind its length.
        int groups = (count + 7) / 8;
        ByteBuffer body = ByteBuffer.allocate(2 * (4 + 2 + groups) + 4 * count).order(ByteOrder.LITTLE_ENDIAN);
        for (int kind = 0; kind < 2; kind++) {
            int header = groups << 1 | 1;
            body.putInt(2 + groups).put((byte) (header & 0x7f | 0x80)).put((byte) (header >>> 7));
            for (int group = 0; group < groups; group++) {
                int bits = 0;
                for (int i = 0; i < 8; i++) {
                    bits |= (kind == 1 || (group * 8 + i) % 3 != 0 ? 1 : 0) << i;
                }
                body.put((byte) bits);
            }
        }
        for (int i = 0; i < count; i++) {
            body.putInt(i / 3);
        }
        PageHeader header = PageHeader.dataPage(body.capacity(), body.capacity(), count, Encoding.PLAIN.value());
        return new ListPageStream(List.of(new PageStream.Page(header, body.array(), 0, body.capacity(), 0)));
    }

    private static int distinct(Triplets triplets) {
        Set<ByteBuffer> found = new HashSet<>();
        for (int i = 0; i < triplets.values().count(); i++) {
            found.add(ByteBuffer.wrap(triplets.values().get(i)));
        }
        return found.size();
    }

    private record Sizes(EncodedSize data, EncodedSize dictionary) {}

    /** What the pages of the first row group take when they are recoded, encoded and compressed for good. */
    private static Sizes recodedSize(OpenedFile file, Leaf leaf, RecodeSettings settings) {
        MemorySink sink = new MemorySink();
        ColumnRecoder recoder = new ColumnRecoder(leaf, settings, sink);
        recoder.add(
                file.pages(0, leaf.index()),
                file.footer().createdBy(),
                file.footer().rows(0));
        recoder.finish();
        EncodedSize sum = EncodedSize.NONE;
        EncodedSize entries = EncodedSize.NONE;
        try (PageCodec codec = FORM.newCodec(JvmCodecs.INSTANCE)) {
            PageEncoder encoder = new PageEncoder(leaf, codec, FORM);
            for (RecodedPage page : sink.pages) {
                sum = sum.plus(size(page.encoded(encoder)));
            }
            PageStream.Page dictionary = sink.dictionary();
            if (dictionary != null) {
                int count = dictionary.header().valueCount();
                entries = size(
                        encoder.dictionaryPage(dictionary.body(), dictionary.length(), count, Encoding.PLAIN.value()));
            }
        }
        return new Sizes(sum, entries);
    }

    private static EncodedSize size(EncodedPage page) {
        return new EncodedSize(page.headerLength() + (long) page.header().uncompressedSize(), page.length());
    }
}
