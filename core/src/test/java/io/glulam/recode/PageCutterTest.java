package io.glulam.recode;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.decode.ListPageStream;
import io.glulam.format.Encoding;
import io.glulam.format.Leaf;
import io.glulam.format.PhysicalType;
import io.glulam.format.SortOrder;
import io.glulam.page.ByteArrayBuilder;
import io.glulam.page.PageHeader;
import io.glulam.page.PageStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Where {@link PageCutter} ends pages, by the values of the pages that a recoded chunk has. */
@Tag("once")
class PageCutterTest {
    private static final int ANY = 1 << 20;
    private static final Leaf NUMBERS = leaf(PhysicalType.INT32, SortOrder.INT32_SIGNED, 0, 0);
    private static final Leaf OPTIONAL = leaf(PhysicalType.INT32, SortOrder.INT32_SIGNED, 0, 1);
    private static final Leaf LISTS = leaf(PhysicalType.INT32, SortOrder.INT32_SIGNED, 1, 1);
    private static final Leaf TEXTS = leaf(PhysicalType.BYTE_ARRAY, SortOrder.BYTES_UNSIGNED, 0, 0);
    private static final Leaf BOOLEANS = leaf(PhysicalType.BOOLEAN, SortOrder.BOOLEAN, 0, 0);

    @Test
    void aPageEndsWithTheValueThatFillsIt() {
        assertThat(cut(NUMBERS, 12, ANY, numbers(10))).containsExactly(3, 3, 3, 1);
        assertThat(cut(NUMBERS, 13, ANY, numbers(10))).containsExactly(4, 4, 2);
        assertThat(cut(NUMBERS, ANY, 4, numbers(10))).containsExactly(4, 4, 2);
        assertThat(cut(TEXTS, 10, ANY, texts(7))).containsExactly(2, 2, 2, 1);
        assertThat(cut(TEXTS, 11, ANY, texts(7))).containsExactly(3, 3, 1);
        assertThat(cut(TEXTS, 1, ANY, texts(3))).containsExactly(1, 1, 1);
    }

    /** One bit takes a byte. */
    @Test
    void aPageOfBooleansEndsWithTheFirstValueOfItsLastByte() {
        PageStream.Page page = page(20, new byte[3]);
        assertThat(cut(BOOLEANS, 1, ANY, List.of(page))).hasSize(20).containsOnly(1);
        assertThat(cut(BOOLEANS, 2, ANY, List.of(page))).containsExactly(9, 9, 2);
    }

    @Test
    void nullsFillNoPageButByTheirNumber() {
        int[] everyOther = {1, 0, 1, 0, 1, 0, 1, 0, 1, 0};
        assertThat(cut(OPTIONAL, 8, ANY, List.of(optional(everyOther)))).containsExactly(3, 4, 3);
        assertThat(cut(OPTIONAL, 1, ANY, List.of(optional(new int[300_000]))))
                .containsExactly(1 << 18, 300_000 - (1 << 18));
    }

    @Test
    void aPageEndsWithARow() {
        int[] rowsOfThree = IntStream.range(0, 15).map(i -> i % 3 == 0 ? 0 : 1).toArray();
        assertThat(cut(LISTS, 12, ANY, List.of(lists(rowsOfThree)), 5)).containsExactly(3, 3, 3, 3, 3);
        assertThat(cut(LISTS, 13, ANY, List.of(lists(rowsOfThree)), 5)).containsExactly(6, 6, 3);
        assertThat(cut(LISTS, ANY, 2, List.of(lists(rowsOfThree)), 5)).containsExactly(6, 6, 3);
        int[] longRow = IntStream.range(0, 10_000).map(i -> i == 0 ? 0 : 1).toArray();
        assertThat(cut(LISTS, 1, 1, List.of(lists(longRow), lists(0)), 2)).containsExactly(10_000, 1);
    }

    @Test
    void whereBatchesEndMakesNoDifference() {
        assertThat(cut(NUMBERS, 12, ANY, numbers(1, 1, 5, 3))).containsExactly(3, 3, 3, 1);
        assertThat(cut(TEXTS, 11, ANY, texts(2, 2, 3))).containsExactly(3, 3, 1);
        assertThat(cut(OPTIONAL, 8, ANY, List.of(optional(1, 0), optional(1), optional(0, 1, 0, 1, 0, 1, 0))))
                .containsExactly(3, 4, 3);
        assertThat(cut(BOOLEANS, 2, ANY, List.of(page(8, new byte[1]), page(12, new byte[2]))))
                .containsExactly(9, 9, 2);
    }

    /** Returns how many values each page of the recoded chunk has. */
    private static List<Integer> cut(Leaf leaf, int pageBytes, int pageRows, List<PageStream.Page> pages) {
        long rows = pages.stream().mapToLong(page -> page.header().valueCount()).sum();
        return cut(leaf, pageBytes, pageRows, pages, rows);
    }

    private static List<Integer> cut(Leaf leaf, int pageBytes, int pageRows, List<PageStream.Page> pages, long rows) {
        MemorySink sink = new MemorySink();
        ColumnRecoder recoder =
                new ColumnRecoder(leaf, new RecodeSettings(1, Encoding.PLAIN, null, 0, pageBytes, pageRows), sink);
        recoder.add(new ListPageStream(pages), null, rows);
        recoder.finish();
        return sink.pages.stream().map(page -> page.counts().values()).toList();
    }

    private static Leaf leaf(PhysicalType type, SortOrder order, int maxRepetition, int maxDefinition) {
        return new Leaf(0, List.of("x"), type, 0, maxRepetition, maxDefinition, order);
    }

    private static List<PageStream.Page> numbers(int... counts) {
        return Arrays.stream(counts)
                .mapToObj(count -> page(count, new byte[Integer.BYTES * count]))
                .toList();
    }

    /** Texts of one byte. */
    private static List<PageStream.Page> texts(int... counts) {
        List<PageStream.Page> pages = new ArrayList<>();
        for (int count : counts) {
            ByteArrayBuilder body = new ByteArrayBuilder(16);
            for (int i = 0; i < count; i++) {
                body.appendInt(1);
                body.append('x');
            }
            pages.add(page(count, Arrays.copyOf(body.array(), body.size())));
        }
        return pages;
    }

    private static PageStream.Page optional(int... definition) {
        ByteArrayBuilder body = new ByteArrayBuilder(16);
        new LevelEncoder(1, 1).encode(definition, definition.length, body);
        int values = Arrays.stream(definition).sum();
        return page(definition.length, Arrays.copyOf(body.array(), body.size() + Integer.BYTES * values));
    }

    /** Lists without nulls. */
    private static PageStream.Page lists(int... repetition) {
        int count = repetition.length;
        int[] definition = new int[count];
        Arrays.fill(definition, 1);
        ByteArrayBuilder body = new ByteArrayBuilder(16);
        new LevelEncoder(1, 1).encode(repetition, count, body);
        new LevelEncoder(1, 1).encode(definition, count, body);
        return page(count, Arrays.copyOf(body.array(), body.size() + Integer.BYTES * count));
    }

    private static PageStream.Page page(int count, byte[] body) {
        PageHeader header = PageHeader.dataPage(body.length, body.length, count, Encoding.PLAIN.value());
        return new PageStream.Page(header, body, 0, body.length, 4);
    }
}
