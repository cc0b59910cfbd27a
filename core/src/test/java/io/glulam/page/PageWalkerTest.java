package io.glulam.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glulam.error.CorruptFile;
import io.glulam.format.ColumnChunk;
import io.glulam.format.Encoding;
import io.glulam.format.PageType;
import io.glulam.format.Statistics;
import io.glulam.format.ThriftWriter;
import io.glulam.testkit.generate.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The walk over a chunk's page headers, and what it makes of footers that lie. */
class PageWalkerTest {
    private static final int START = 40;
    private static final int BEHIND = 400;

    private final ByteArrayBuilder object = new ByteArrayBuilder(1 << 10);
    private final List<Long> positions = new ArrayList<>();

    PageWalkerTest() {
        fill(START);
    }

    static LongStream seeds() {
        return Seeds.stream(30);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyPageIsFoundWhateverTheWindow(long seed) {
        Random random = new Random(seed);
        List<PageHeader> pages = new ArrayList<>();
        if (random.nextBoolean()) {
            pages.add(PageHeader.dictionaryPage(9, 9, 3, Encoding.PLAIN.value()));
        }
        int count = 1 + random.nextInt(20);
        long values = 0;
        for (int i = 0; i < count; i++) {
            int body = random.nextInt(random.nextBoolean() ? 10 : 3_000);
            PageHeader page = PageHeader.dataPage(body, body, 1 + random.nextInt(50), Encoding.PLAIN.value());
            pages.add(random.nextInt(4) == 0 ? withStatistics(page, random.nextInt(500)) : page);
            values += page.valueCount();
        }
        pages.forEach(this::write);
        long size = object.size() - START;
        fill(BEHIND);

        List<PageHeader> found = walk(chunk(values, size), 16 + random.nextInt(2_000));
        assertThat(found).as("seed %d", seed).usingRecursiveComparison().isEqualTo(pages);
    }

    @Test
    void aHeaderMayBeFarLongerThanTheWindow() {
        PageHeader page = withStatistics(PageHeader.dataPage(5, 5, 7, 0), 20_000);
        write(page);
        long size = object.size() - START;

        assertThat(walk(chunk(7, size), 32))
                .singleElement()
                .usingRecursiveComparison()
                .isEqualTo(page);
    }

    @Test
    void pagesWithoutValuesAreWalkedPastToTheEndOfTheChunk() {
        write(PageHeader.dataPage(5, 5, 7, 0));
        write(PageHeader.dataPage(0, 0, 0, 0));
        long size = object.size() - START;
        fill(BEHIND);

        assertThat(walk(chunk(7, size), 64)).extracting(PageHeader::valueCount).containsExactly(7, 0);
    }

    @Test
    void aChunkWithoutValuesMayHaveNoPage() {
        fill(BEHIND);
        assertThat(walk(chunk(0, 0), 64)).isEmpty();
    }

    @Test
    void aSizeWithoutTheDictionaryHeaderStillGivesTheLastPage() {
        // PARQUET-816: parquet-mr before 1.2.9 leaves the dictionary page's header out.
        PageHeader dictionary = PageHeader.dictionaryPage(9, 9, 3, Encoding.PLAIN_DICTIONARY.value());
        int header = write(dictionary) - 9;
        write(PageHeader.dataPage(5, 5, 7, Encoding.PLAIN_DICTIONARY.value()));
        write(PageHeader.dataPage(5, 5, 7, Encoding.PLAIN_DICTIONARY.value()));
        long size = object.size() - START - header;
        fill(BEHIND);

        assertThat(walk(chunk(14, size), 64)).hasSize(3);
    }

    @Test
    void aChunkThatEndsTooEarlyIsRefused() {
        write(PageHeader.dataPage(300, 300, 7, 0));
        write(PageHeader.dataPage(300, 300, 7, 0));
        long size = object.size() - START;
        fill(BEHIND);

        assertThatThrownBy(() -> walk(chunk(14, size - 200), 64))
                .isInstanceOf(CorruptFile.class)
                .hasMessageContaining("after its column chunk's end");
        assertThatThrownBy(() -> walk(chunk(14, size - 400), 64)).isInstanceOf(CorruptFile.class);
    }

    @Test
    void aPageThatPassesTheChunksNumberOfValuesIsRefused() {
        write(PageHeader.dataPage(5, 5, 7, 0));
        write(PageHeader.dataPage(5, 5, 7, 0));
        long size = object.size() - START;

        assertThatThrownBy(() -> walk(chunk(8, size), 64))
                .isInstanceOf(CorruptFile.class)
                .hasMessageContaining("more values than their column chunk");
    }

    @Test
    void aChunkWhoseSizeIsTooLargeEndsWithItsLastValue() {
        write(PageHeader.dataPage(5, 5, 7, 0));
        long end = object.size();
        write(PageHeader.dictionaryPage(9, 9, 3, Encoding.PLAIN.value()));
        write(PageHeader.dataPage(5, 5, 7, 0));
        fill(BEHIND);

        for (long over = 0; START + over <= object.size(); over++) {
            PageWalker walker = new PageWalker(source(), 64);
            walker.start(chunk(7, end - START + over));
            assertThat(walker.next()).isNotNull();
            assertThat(walker.next()).as("%d bytes too large", over).isNull();
            assertThat(walker.next()).isNull();
            assertThat(walker.end()).isEqualTo(end);
        }
    }

    @Test
    void aChunkWithFewerValuesThanItClaimsIsRefused() {
        write(PageHeader.dataPage(5, 5, 7, 0));
        long size = object.size() - START;
        fill(BEHIND);

        assertThatThrownBy(() -> walk(chunk(8, size), 64))
                .isInstanceOf(CorruptFile.class)
                .hasMessageContaining("1 values early");
    }

    @Test
    void aPageThatEndsBehindTheObjectIsRefused() {
        write(PageHeader.dataPage(Integer.MAX_VALUE, Integer.MAX_VALUE, 7, 0), 5);

        assertThatThrownBy(() -> walk(chunk(7, object.size() - START), 64)).isInstanceOf(CorruptFile.class);
    }

    @Test
    void chunksBehindTheObjectAreRefused() {
        fill(BEHIND);
        for (long start : new long[] {object.size() - 1, object.size(), object.size() + 1L, 1L << 40}) {
            assertThatThrownBy(() -> walk(chunk(start, 7, 100), 64))
                    .as("start %d of %d", start, object.size())
                    .isInstanceOf(CorruptFile.class);
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void garbageIsRefused(long seed) {
        Random random = new Random(seed);
        byte[] garbage = new byte[2_000];
        random.nextBytes(garbage);
        object.append(garbage, 0, garbage.length);
        try {
            walk(chunk(random.nextInt(1_000) + 1, random.nextInt(2_000)), 64);
        } catch (CorruptFile refused) {
            assertThat(refused.place().offset()).isNotNegative();
        }
    }

    @Test
    void aWalkerIsUsedAgain() {
        write(PageHeader.dataPage(5, 5, 7, 0));
        long size = object.size() - START;
        PageWalker walker = new PageWalker(source(), 64);
        for (int i = 0; i < 3; i++) {
            walker.start(chunk(7, size));
            assertThat(walker.next()).isNotNull();
            assertThat(walker.position()).isEqualTo(START);
            assertThat(walker.next()).isNull();
        }
    }

    private List<PageHeader> walk(ColumnChunk chunk, int window) {
        PageWalker walker = new PageWalker(source(), window);
        walker.start(chunk);
        List<PageHeader> found = new ArrayList<>();
        for (PageHeader header = walker.next(); header != null; header = walker.next()) {
            assertThat(walker.position()).isEqualTo(positions.get(found.size()));
            found.add(header);
        }
        return found;
    }

    private ByteSource source() {
        return new InMemory(java.util.Arrays.copyOf(object.array(), object.size()));
    }

    /** Writes a page whose body holds what could be taken for nothing; its length with the header. */
    private int write(PageHeader header) {
        return write(header, header.compressedSize());
    }

    private int write(PageHeader header, int body) {
        positions.add((long) object.size());
        ThriftWriter out = new ThriftWriter(64);
        header.write(out);
        object.append(out.array(), 0, out.size());
        fill(body);
        return out.size() + body;
    }

    private void fill(int count) {
        for (int i = 0; i < count; i++) {
            object.append(0xff);
        }
    }

    private static PageHeader withStatistics(PageHeader page, int length) {
        byte[] bound = new byte[length];
        return new PageHeader(
                PageType.DATA_PAGE,
                page.uncompressedSize(),
                page.compressedSize(),
                null,
                page.counts(),
                page.encoding(),
                page.levels(),
                true,
                new Statistics(null, null, 0, -1, bound, bound, null, null, -1));
    }

    private static ColumnChunk chunk(long values, long size) {
        return chunk(START, values, size);
    }

    private static ColumnChunk chunk(long start, long values, long size) {
        return new ColumnChunk(
                1,
                new int[0],
                0,
                values,
                size,
                size,
                new ColumnChunk.Pages(start, 0, 0),
                null,
                List.of(),
                null,
                null,
                null,
                ColumnChunk.Tail.NONE);
    }
}
