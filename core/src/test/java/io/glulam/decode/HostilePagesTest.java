package io.glulam.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glulam.error.CorruptFile;
import io.glulam.error.GlulamException;
import io.glulam.error.Unsupported;
import io.glulam.format.Encoding;
import io.glulam.format.Leaf;
import io.glulam.format.PhysicalType;
import io.glulam.format.SortOrder;
import io.glulam.page.PageCounts;
import io.glulam.page.PageHeader;
import io.glulam.page.PageStream;
import io.glulam.testkit.bytes.HostileFile;
import io.glulam.testkit.bytes.HostileFiles;
import io.glulam.testkit.generate.FileRecipe;
import io.glulam.testkit.generate.ParquetJavaFiles;
import io.glulam.testkit.generate.Seeds;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a page holds, decoding it ends, within memory, in values or in one of our failures. */
@Tag("once")
class HostilePagesTest {
    @TempDir
    private Path folder;

    static LongStream seeds() {
        return Seeds.stream();
    }

    static Stream<HostileFile> hostileFiles() {
        return HostileFiles.all(1).stream();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void damagedPagesFailCleanly(long seed) throws IOException {
        Path path = folder.resolve("any.parquet");
        ParquetJavaFiles.write(FileRecipe.any(seed), path);
        Random random = new Random(seed);
        try (OpenedFile file = OpenedFile.open(path)) {
            for (Leaf leaf : file.leaves()) {
                List<PageStream.Page> pages =
                        pages(file, random.nextInt(file.footer().rowGroupCount()), leaf);
                for (int i = 0; i < 50; i++) {
                    List<PageStream.Page> damaged = new ArrayList<>(pages);
                    int at = random.nextInt(pages.size());
                    damaged.set(at, damage(pages.get(at), random));
                    expectCleanEnd(leaf, damaged, "seed " + seed + ", column " + leaf.name() + ", damage " + i);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("hostileFiles")
    void hostileFilesFailCleanly(HostileFile hostile) {
        try (OpenedFile file = OpenedFile.open(hostile.write(folder))) {
            for (int rowGroup = 0; rowGroup < file.footer().rowGroupCount(); rowGroup++) {
                for (Leaf leaf : file.leaves()) {
                    TripletCollector.read(
                            leaf,
                            file.pages(rowGroup, leaf.index()),
                            file.footer().createdBy());
                }
            }
            assertThat(hostile.harm()).isEqualTo(HostileFile.Harm.CLAIMS);
        } catch (GlulamException failure) {
            assertThat(failure.getMessage()).isNotBlank();
        }
    }

    @Test
    void hugeClaimsCostNothing() {
        byte[] huge = {(byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x07};
        Leaf text = leaf(PhysicalType.BYTE_ARRAY, 0);
        expectCorrupt(text, dictionary(Integer.MAX_VALUE, new byte[4]));
        expectCorrupt(text, page(Encoding.PLAIN, 1, new byte[] {-1, -1, -1, 0x7f}));
        expectCorrupt(text, page(Encoding.PLAIN, 1, new byte[] {-1, -1, -1, -1}));
        // A delta block of 2³¹ − 128 values in as many miniblocks of 8, and a prefix of 2³⁰ bytes of nothing.
        expectCorrupt(leaf(PhysicalType.INT32, 0), page(Encoding.DELTA_BINARY_PACKED, 1000, concat(huge, huge, huge)));
        byte[] prefixes = {(byte) 0x80, 1, 4, 1, 0, 0, 0, 0, 0};
        byte[] oneHugePrefix = {(byte) 0x80, 1, 4, 1, -128, -128, -128, -128, 8};
        expectCorrupt(text, page(Encoding.DELTA_BYTE_ARRAY, 1, concat(oneHugePrefix, prefixes)));
    }

    @Test
    void runsOfNoBitsAndRunsPastTheEndAreRead() {
        Leaf leaf = leaf(PhysicalType.INT32, 0);
        PageStream.Page dictionary = dictionary(1, new byte[] {7, 0, 0, 0});
        for (byte[] indices : List.of(
                new byte[] {0, 20}, // ten times the index 0, which takes no byte
                new byte[] {0, 3, 0x50}, // eight packed, then 40 repeated
                new byte[] {0, 0, 1, 20}, // two runs of nothing before
                new byte[] {1, 5, 0, 0},
                new byte[] {0, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x0f})) {
            List<PageStream.Page> pages = List.of(dictionary, page(Encoding.RLE_DICTIONARY, 10, indices));
            assertThat(TripletCollector.read(leaf, new ListPageStream(pages), null)
                            .values()
                            .get(9))
                    .as(Arrays.toString(indices))
                    .isEqualTo(new byte[] {7, 0, 0, 0});
        }
        expectCorrupt(leaf, dictionary, page(Encoding.RLE_DICTIONARY, 10, new byte[] {0, 18}));
        expectCorrupt(leaf, dictionary, page(Encoding.RLE_DICTIONARY, 10, new byte[] {1, 20, 1}));
        expectCorrupt(leaf, dictionary, page(Encoding.RLE_DICTIONARY, 10, new byte[] {33, 20, 0, 0, 0, 0, 0}));
        expectCorrupt(leaf, page(Encoding.RLE_DICTIONARY, 10, new byte[] {0, 20}));
    }

    @Test
    void anEncodingThatTheTypeDoesNotHaveIsUnsupported() {
        for (int encoding : new int[] {1, 4, 5, 10, 99, -7}) {
            byte[] body = new byte[100];
            PageHeader header = PageHeader.dataPage(body.length, body.length, 1, encoding);
            PageStream.Page page = new PageStream.Page(header, body, 0, body.length, 4711);
            assertThatThrownBy(() -> TripletCollector.read(
                            leaf(PhysicalType.DOUBLE, 0), new ListPageStream(List.of(page)), null))
                    .isInstanceOf(Unsupported.class)
                    .hasMessageContaining("column x")
                    .hasMessageContaining("offset 4711")
                    .hasMessageContaining(Encoding.nameOf(encoding));
        }
    }

    @Test
    void levelsPastTheHighestAndChunksThatBeginWithinARowAreCorrupt() {
        Leaf repeated = new Leaf(0, List.of("x"), PhysicalType.INT32, 0, 1, 2, SortOrder.INT32_SIGNED);
        byte[] definitionThree = {2, 0, 0, 0, 2, 0, 2, 0, 0, 0, 2, 3, 0, 0, 0, 0};
        expectCorrupt(repeated, page(Encoding.PLAIN, 1, definitionThree));
        byte[] repetitionOne = {2, 0, 0, 0, 2, 1, 2, 0, 0, 0, 2, 2, 0, 0, 0, 0};
        expectCorrupt(repeated, page(Encoding.PLAIN, 1, repetitionOne));
    }

    private static PageStream.Page damage(PageStream.Page page, Random random) {
        byte[] body = page.body().clone();
        int length = page.length();
        PageHeader header = page.header();
        switch (random.nextInt(4)) {
            case 0 -> length = random.nextInt(length + 1);
            case 1 -> header = withCount(header, random.nextInt(1 << 16));
            default -> {
                for (int flips = 1 + random.nextInt(4); flips > 0 && length > 0; flips--) {
                    int at = random.nextBoolean() ? random.nextInt(length) : random.nextInt(Math.min(length, 24));
                    body[page.from() + at] ^= (byte) (1 << random.nextInt(8));
                }
            }
        }
        return new PageStream.Page(header, body, page.from(), length, page.position());
    }

    private static PageHeader withCount(PageHeader header, int count) {
        return new PageHeader(
                header.type(),
                header.uncompressedSize(),
                header.compressedSize(),
                header.crc(),
                new PageCounts(count, header.rowCount(), header.nullCount()),
                header.encoding(),
                header.levels(),
                header.compressed(),
                header.statistics());
    }

    private static void expectCleanEnd(Leaf leaf, List<PageStream.Page> pages, String what) {
        try (TripletReader triplets = new TripletReader(leaf, new ListPageStream(pages), null)) {
            while (triplets.next()) {
                assertThat(triplets.definitionLevel()).as(what).isLessThanOrEqualTo(leaf.maxDefinitionLevel());
            }
        } catch (CorruptFile | Unsupported failure) {
            assertThat(failure).as(what).hasMessageContaining("column " + leaf.name());
        }
    }

    private static void expectCorrupt(Leaf leaf, PageStream.Page... pages) {
        assertThatThrownBy(() -> TripletCollector.read(leaf, new ListPageStream(List.of(pages)), null))
                .isInstanceOf(CorruptFile.class)
                .hasMessageContaining("column x");
    }

    private static List<PageStream.Page> pages(OpenedFile file, int rowGroup, Leaf leaf) {
        List<PageStream.Page> pages = new ArrayList<>();
        try (PageStream stream = file.pages(rowGroup, leaf.index())) {
            for (PageStream.Page page = stream.next(); page != null; page = stream.next()) {
                byte[] body = Arrays.copyOfRange(page.body(), page.from(), page.from() + page.length());
                pages.add(new PageStream.Page(page.header(), body, 0, body.length, page.position()));
            }
        }
        return pages;
    }

    private static Leaf leaf(PhysicalType type, int maxDefinitionLevel) {
        return new Leaf(0, List.of("x"), type, 0, 0, maxDefinitionLevel, SortOrder.NONE);
    }

    private static PageStream.Page dictionary(int entries, byte[] body) {
        PageHeader header = PageHeader.dictionaryPage(body.length, body.length, entries, Encoding.PLAIN.value());
        return new PageStream.Page(header, body, 0, body.length, 4);
    }

    private static PageStream.Page page(Encoding encoding, int count, byte[] body) {
        PageHeader header = PageHeader.dataPage(body.length, body.length, count, encoding.value());
        return new PageStream.Page(header, body, 0, body.length, 4);
    }

    private static byte[] concat(byte[]... parts) {
        byte[] all = {};
        for (byte[] part : parts) {
            byte[] longer = Arrays.copyOf(all, all.length + part.length);
            System.arraycopy(part, 0, longer, all.length, part.length);
            all = longer;
        }
        return all;
    }
}
