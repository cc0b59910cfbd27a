package io.glulam.testkit.mutate;

import io.glulam.testkit.bytes.ChunkScript;
import io.glulam.testkit.bytes.PageScript;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.apache.parquet.format.BoundaryOrder;
import org.apache.parquet.format.ColumnIndex;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.OffsetIndex;
import org.apache.parquet.format.PageEncodingStats;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageLocation;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.SizeStatistics;
import org.apache.parquet.format.Statistics;

/**
 * One number of a column chunk that one witness tells otherwise than all others: the column index, the offset index, the
 * chunk's statistics, its size statistics, its page headers, its bloom filter, its dictionary or its entry. Whatever else
 * the chunk says is true. A contradiction that needs a structure which the chunk does not have changes nothing.
 */
public record Contradiction(String name, Telling telling) {
    /** Makes a chunk tell it. */
    public interface Telling {
        void in(ChunkScript chunk, Random random);
    }

    private static final List<Contradiction> ALL = new ArrayList<>();

    static {
        nullPages();
        nullCountsOfPages();
        boundsOfPages();
        offsetIndexes();
        statistics();
        sizes();
        headers();
        aids();
    }

    /** All that are known, in the same order every time. */
    public static List<Contradiction> all() {
        return Collections.unmodifiableList(ALL);
    }

    @Override
    public String toString() {
        return name;
    }

    private interface Change<T> {
        void in(T struct, Random random);
    }

    private static void add(String name, Telling telling) {
        ALL.add(new Contradiction(name, telling));
    }

    private static <T> Consumer<T> seeded(Change<T> change, Random random) {
        long seed = random.nextLong();
        return struct -> change.in(struct, new Random(seed));
    }

    private static void index(String name, Change<ColumnIndex> change) {
        add(
                "column index: " + name,
                (chunk, random) -> chunk.withOffsetIndex()
                        .tamperColumnIndex(seeded((index, draw) -> change.in(index, draw), random)));
    }

    private static void offsets(String name, Change<OffsetIndex> change) {
        add(
                "offset index: " + name,
                (chunk, random) -> chunk.withColumnIndex()
                        .tamperOffsetIndex(seeded((index, draw) -> change.in(index, draw), random)));
    }

    private static void entry(String name, Change<ColumnMetaData> change) {
        add(name, (chunk, random) -> {
            Consumer<ColumnMetaData> seeded = seeded(change, random);
            chunk.tamper(entry -> seeded.accept(entry.getMeta_data()));
        });
    }

    private static void stats(String name, Change<Statistics> change) {
        entry("statistics: " + name, (entry, random) -> {
            if (entry.isSetStatistics()) {
                change.in(entry.getStatistics(), random);
            }
        });
    }

    private static void size(String name, Change<SizeStatistics> change) {
        add("size statistics: " + name, (chunk, random) -> {
            Consumer<SizeStatistics> seeded = seeded(change, random);
            chunk.withSizeStatistics()
                    .tamper(entry -> seeded.accept(entry.getMeta_data().getSize_statistics()));
        });
    }

    private static void header(String name, Change<PageHeader> change) {
        add("page header: " + name, (chunk, random) -> {
            PageScript page = chunk.pages().get(random.nextInt(chunk.pages().size()));
            page.withStatistics().tamperHeader(seeded(change, random));
        });
    }

    private static void nullPages() {
        index(
                "a page of values is a null page, without nulls",
                (index, random) -> nullPage(index, any(index, random), 0));
        index("a page of values is a null page, its nulls unknown", (index, random) -> {
            nullPage(index, any(index, random), 0);
            index.unsetNull_counts();
            index.unsetDefinition_level_histograms();
        });
        index("a page of values is a null page, its nulls as they are", (index, random) -> {
            int page = any(index, random);
            nullPage(index, page, index.getNull_counts().get(page));
        });
        index("all pages are null pages", (index, random) -> {
            for (int page = 0; page < index.getNull_pagesSize(); page++) {
                nullPage(index, page, index.getNull_counts().get(page));
            }
        });
        index("a null page has the bounds of another", (index, random) -> {
            int from = any(index, random);
            for (int page = 0; page < index.getNull_pagesSize(); page++) {
                if (index.getNull_pages().get(page)) {
                    index.getNull_pages().set(page, false);
                    index.getMin_values().set(page, index.getMin_values().get(from));
                    index.getMax_values().set(page, index.getMax_values().get(from));
                }
            }
        });
        index("null pages change places", (index, random) -> swap(index.getNull_pages(), random));
    }

    private static void nullPage(ColumnIndex index, int page, long nulls) {
        index.getNull_pages().set(page, true);
        index.getMin_values().set(page, ByteBuffer.allocate(0));
        index.getMax_values().set(page, ByteBuffer.allocate(0));
        index.getNull_counts().set(page, nulls);
    }

    private static void nullCountsOfPages() {
        index("no nulls at all", (index, random) -> Collections.fill(index.getNull_counts(), 0L));
        index("no nulls in one page", (index, random) -> index.getNull_counts().set(any(index, random), 0L));
        index("nulls of pages change places", (index, random) -> swap(index.getNull_counts(), random));
        index("a null too many", (index, random) -> more(index.getNull_counts(), any(index, random), 1));
        index("a null too few", (index, random) -> more(index.getNull_counts(), any(index, random), -1));
        index("a null moves to another page", (index, random) -> {
            more(index.getNull_counts(), any(index, random), 1);
            more(index.getNull_counts(), any(index, random), -1);
        });
        index("nulls without histograms, too many", (index, random) -> {
            index.unsetDefinition_level_histograms();
            index.unsetRepetition_level_histograms();
            more(index.getNull_counts(), any(index, random), 2);
        });
        index("histograms of pages change places", (index, random) -> {
            if (index.isSetDefinition_level_histograms()) {
                swap(index.getDefinition_level_histograms(), random);
            }
        });
        index("rows of pages change places", (index, random) -> {
            if (index.isSetRepetition_level_histograms() && index.getRepetition_level_histogramsSize() > 0) {
                swap(index.getRepetition_level_histograms(), random);
            }
        });
        index(
                "NaN counts",
                (index, random) ->
                        index.setNan_counts(new ArrayList<>(Collections.nCopies(index.getNull_pagesSize(), 1L))));
    }

    private static void boundsOfPages() {
        index("a minimum that is the maximum", (index, random) -> {
            int page = any(index, random);
            index.getMin_values().set(page, index.getMax_values().get(page));
        });
        index("a maximum that is the minimum", (index, random) -> {
            int page = any(index, random);
            index.getMax_values().set(page, index.getMin_values().get(page));
        });
        index("bounds of two pages change places", (index, random) -> {
            int one = any(index, random);
            int other = any(index, random);
            Collections.swap(index.getMin_values(), one, other);
            Collections.swap(index.getMax_values(), one, other);
        });
        index("all pages have the bounds of one", (index, random) -> {
            int from = any(index, random);
            for (int page = 0; page < index.getNull_pagesSize(); page++) {
                if (!index.getNull_pages().get(page)) {
                    index.getMin_values().set(page, index.getMin_values().get(from));
                    index.getMax_values().set(page, index.getMax_values().get(from));
                }
            }
        });
        index(
                "a bound of no bytes",
                (index, random) -> index.getMin_values().set(any(index, random), ByteBuffer.allocate(0)));
        index("another order", (index, random) -> {
            BoundaryOrder[] all = BoundaryOrder.values();
            index.setBoundary_order(all[random.nextInt(all.length)]);
        });
        index("bounds of one page are gone, those of its neighbor wider", (index, random) -> {
            int page = any(index, random);
            index.getMin_values().set(page, index.getMin_values().get(0));
            index.getMax_values().set(page, index.getMax_values().get(0));
        });
    }

    private static void offsetIndexes() {
        offsets("a page begins a row earlier", (index, random) -> {
            PageLocation page = any(index.getPage_locations(), random);
            page.setFirst_row_index(page.getFirst_row_index() - 1);
        });
        offsets("a page begins a row later", (index, random) -> {
            PageLocation page = any(index.getPage_locations(), random);
            page.setFirst_row_index(page.getFirst_row_index() + 1);
        });
        offsets(
                "all pages begin a row later",
                (index, random) -> index.getPage_locations()
                        .forEach(page -> page.setFirst_row_index(page.getFirst_row_index() + 1)));
        offsets("pages change places", (index, random) -> swap(index.getPage_locations(), random));
        offsets("rows of pages change places", (index, random) -> {
            PageLocation one = any(index.getPage_locations(), random);
            PageLocation other = any(index.getPage_locations(), random);
            long row = one.getFirst_row_index();
            one.setFirst_row_index(other.getFirst_row_index());
            other.setFirst_row_index(row);
        });
        offsets("a page is missing", (index, random) -> {
            if (index.getPage_locationsSize() > 1) {
                index.getPage_locations().remove(random.nextInt(index.getPage_locationsSize()));
            }
        });
        offsets(
                "a page is there twice",
                (index, random) -> index.getPage_locations()
                        .add(any(index.getPage_locations(), random).deepCopy()));
        offsets("another size", (index, random) -> {
            PageLocation page = any(index.getPage_locations(), random);
            page.setCompressed_page_size(page.getCompressed_page_size() + random.nextInt(9) - 4);
        });
        offsets("another place", (index, random) -> {
            PageLocation page = any(index.getPage_locations(), random);
            page.setOffset(page.getOffset() + random.nextInt(9) - 4);
        });
        offsets(
                "other bytes",
                (index, random) -> index.setUnencoded_byte_array_data_bytes(
                        new ArrayList<>(Collections.nCopies(index.getPage_locationsSize(), 3L))));
    }

    private static void statistics() {
        stats("no nulls", (statistics, random) -> statistics.setNull_count(0));
        stats("a null too many", (statistics, random) -> statistics.setNull_count(statistics.getNull_count() + 1));
        stats(
                "a null too few",
                (statistics, random) -> statistics.setNull_count(Math.max(0, statistics.getNull_count() - 1)));
        entry("statistics: all null, with bounds", (entry, random) -> {
            if (entry.isSetStatistics()) {
                entry.getStatistics().setNull_count(entry.getNum_values());
            }
        });
        entry(
                "statistics: all null, without bounds",
                (entry, random) -> entry.setStatistics(new Statistics().setNull_count(entry.getNum_values())));
        stats("a maximum that is the minimum", (statistics, random) -> {
            if (statistics.isSetMin_value()) {
                statistics.setMax_value(statistics.getMin_value());
            }
        });
        stats("a minimum that is the maximum", (statistics, random) -> {
            if (statistics.isSetMax_value()) {
                statistics.setMin_value(statistics.getMax_value());
            }
        });
        stats("only a minimum, which is the maximum", (statistics, random) -> {
            if (statistics.isSetMax_value()) {
                statistics.setMin_value(statistics.getMax_value());
                statistics.unsetMax_value();
            }
        });
        stats("only a maximum, which is the minimum", (statistics, random) -> {
            if (statistics.isSetMin_value()) {
                statistics.setMax_value(statistics.getMin_value());
                statistics.unsetMin_value();
            }
        });
        stats("the deprecated maximum is the minimum, and there is no other", (statistics, random) -> {
            if (statistics.isSetMin_value()) {
                statistics.setMin(statistics.getMin_value()).setMax(statistics.getMin_value());
                statistics.unsetMin_value();
                statistics.unsetMax_value();
            }
        });
        stats("the deprecated bounds are right, the others the maximum", (statistics, random) -> {
            if (statistics.isSetMin_value()) {
                statistics.setMin(statistics.getMin_value()).setMax(statistics.getMax_value());
                statistics.setMin_value(statistics.getMax_value());
            }
        });
        stats("the deprecated bounds are the maximum, the others right", (statistics, random) -> {
            if (statistics.isSetMax_value()) {
                statistics.setMin(statistics.getMax_value()).setMax(statistics.getMax_value());
            }
        });
        stats("one bound is deprecated, the other not", (statistics, random) -> {
            if (statistics.isSetMin_value()) {
                statistics.setMin(statistics.getMax_value());
                statistics.unsetMin_value();
            }
        });
        stats("a bound of other bytes", (statistics, random) -> {
            if (statistics.isSetMax_value() && statistics.getMax_value().length > 0) {
                byte[] other = statistics.getMax_value().clone();
                other[random.nextInt(other.length)] ^= (byte) (1 << random.nextInt(8));
                statistics.setMax_value(other);
            }
        });
        stats("exact, a maximum that is the minimum", (statistics, random) -> {
            if (statistics.isSetMin_value()) {
                statistics.setMax_value(statistics.getMin_value());
                statistics.setIs_max_value_exact(true).setIs_min_value_exact(true);
            }
        });
        stats("not exact, a maximum that is the minimum", (statistics, random) -> {
            if (statistics.isSetMin_value()) {
                statistics.setMax_value(statistics.getMin_value());
                statistics.setIs_max_value_exact(false).setIs_min_value_exact(false);
            }
        });
        stats("one distinct value", (statistics, random) -> statistics.setDistinct_count(1));
        stats("NaNs", (statistics, random) -> statistics.setNan_count(1 + random.nextInt(3)));
    }

    private static void sizes() {
        size("a null too many", (sizes, random) -> definition(sizes, 0, -1, 1));
        size("a null too few", (sizes, random) -> definition(sizes, -1, 0, 1));
        size("a value too many", (sizes, random) -> definition(sizes, -1, -1, 0));
        size("a row too many", (sizes, random) -> repetition(sizes, 0, -1));
        size("a row too few", (sizes, random) -> repetition(sizes, -1, 0));
        size("other bytes", (sizes, random) -> sizes.setUnencoded_byte_array_data_bytes(random.nextInt(50)));
    }

    private static void definition(SizeStatistics sizes, int up, int down, int less) {
        if (sizes.isSetDefinition_level_histogram()) {
            sizes.setDefinition_level_histogram(levels(sizes.getDefinition_level_histogram(), up, down, less));
        }
    }

    private static void repetition(SizeStatistics sizes, int up, int down) {
        if (sizes.isSetRepetition_level_histogram()) {
            sizes.setRepetition_level_histogram(levels(sizes.getRepetition_level_histogram(), up, down, 1));
        }
    }

    /** One more of one level and, if {@code less} is 1, one fewer of another; -1 is the last level. */
    private static List<Long> levels(List<Long> histogram, int up, int down, int less) {
        List<Long> changed = new ArrayList<>(histogram);
        more(changed, up < 0 ? changed.size() - 1 : up, 1);
        more(changed, down < 0 ? changed.size() - 1 : down, -less);
        return changed;
    }

    private static void headers() {
        header("a maximum that is the minimum", (header, random) -> {
            Statistics statistics = statistics(header);
            if (statistics != null && statistics.isSetMin_value()) {
                statistics.setMax_value(statistics.getMin_value());
            }
        });
        header("a minimum that is the maximum", (header, random) -> {
            Statistics statistics = statistics(header);
            if (statistics != null && statistics.isSetMax_value()) {
                statistics.setMin_value(statistics.getMax_value());
            }
        });
        header("all null", (header, random) -> {
            if (statistics(header) != null) {
                statistics(header).setNull_count(values(header));
            }
            if (header.isSetData_page_header_v2()) {
                header.getData_page_header_v2().setNum_nulls(values(header));
            }
        });
        header("no nulls", (header, random) -> {
            if (statistics(header) != null) {
                statistics(header).setNull_count(0);
            }
            if (header.isSetData_page_header_v2()) {
                header.getData_page_header_v2().setNum_nulls(0);
            }
        });
        header("another number of rows", (header, random) -> {
            if (header.isSetData_page_header_v2()) {
                header.getData_page_header_v2()
                        .setNum_rows(header.getData_page_header_v2().getNum_rows() + 1 - 2 * random.nextInt(2));
            }
        });
        header(
                "another uncompressed size",
                (header, random) ->
                        header.setUncompressed_page_size(header.getUncompressed_page_size() + random.nextInt(5) - 2));
        header("a value too many", (header, random) -> setValues(header, values(header) + 1));
        header("a value too few", (header, random) -> setValues(header, values(header) - 1));
    }

    private static Statistics statistics(PageHeader header) {
        return header.isSetData_page_header()
                ? header.getData_page_header().getStatistics()
                : header.isSetData_page_header_v2()
                        ? header.getData_page_header_v2().getStatistics()
                        : null;
    }

    private static int values(PageHeader header) {
        return header.isSetData_page_header_v2()
                ? header.getData_page_header_v2().getNum_values()
                : header.getData_page_header().getNum_values();
    }

    private static void setValues(PageHeader header, int values) {
        if (header.isSetData_page_header_v2()) {
            header.getData_page_header_v2().setNum_values(values);
        } else {
            header.getData_page_header().setNum_values(values);
        }
    }

    private static void aids() {
        add(
                "bloom filter: of no value",
                (chunk, random) -> chunk.bloomFilter(64).tamperBloomFilter(bytes -> {
                    byte[] empty = bytes.clone();
                    Arrays.fill(empty, empty.length - 64, empty.length, (byte) 0);
                    return empty;
                }));
        entry(
                "bloom filter: another length",
                (entry, random) -> entry.setBloom_filter_length(entry.getBloom_filter_length() + 32));
        entry(
                "entry: all pages have a dictionary",
                (entry, random) -> entry.setEncodings(new ArrayList<>(List.of(Encoding.RLE, Encoding.RLE_DICTIONARY)))
                        .setEncoding_stats(new ArrayList<>(List.of(
                                new PageEncodingStats(PageType.DICTIONARY_PAGE, Encoding.PLAIN, 1),
                                new PageEncodingStats(PageType.DATA_PAGE, Encoding.RLE_DICTIONARY, 3)))));
        entry("entry: a value too many", (entry, random) -> entry.setNum_values(entry.getNum_values() + 1));
        entry("entry: a value too few", (entry, random) -> entry.setNum_values(entry.getNum_values() - 1));
        entry(
                "entry: a size that is a few bytes off",
                (entry, random) ->
                        entry.setTotal_compressed_size(entry.getTotal_compressed_size() + random.nextInt(61) - 30));
        entry("entry: another uncompressed size", (entry, random) -> entry.setTotal_uncompressed_size(7));
        add(
                "dictionary: an entry too few",
                (chunk, random) -> chunk.tamperDictionaryHeader(header -> header.getDictionary_page_header()
                        .setNum_values(header.getDictionary_page_header().getNum_values() - 1)));
        add(
                "dictionary: an entry too many",
                (chunk, random) -> chunk.tamperDictionaryHeader(header -> header.getDictionary_page_header()
                        .setNum_values(header.getDictionary_page_header().getNum_values() + 1)));
        add(
                "dictionary: sorted",
                (chunk, random) -> chunk.tamperDictionaryHeader(
                        header -> header.getDictionary_page_header().setIs_sorted(true)));
        add("offsets", (chunk, random) -> {
            ChunkScript.Offsets[] all = ChunkScript.Offsets.values();
            chunk.offsets(all[random.nextInt(all.length)]);
        });
    }

    /** A page with values, if there is one. */
    private static int any(ColumnIndex index, Random random) {
        int first = random.nextInt(index.getNull_pagesSize());
        for (int i = 0; i < index.getNull_pagesSize(); i++) {
            int page = (first + i) % index.getNull_pagesSize();
            if (!index.getNull_pages().get(page)) {
                return page;
            }
        }
        return first;
    }

    private static <T> T any(List<T> list, Random random) {
        return list.get(random.nextInt(list.size()));
    }

    private static void swap(List<?> list, Random random) {
        Collections.swap(list, random.nextInt(list.size()), random.nextInt(list.size()));
    }

    private static void more(List<Long> numbers, int at, long more) {
        numbers.set(at, Math.max(0, numbers.get(at) + more));
    }
}
