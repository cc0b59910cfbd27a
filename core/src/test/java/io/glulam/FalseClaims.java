package io.glulam;

import io.glulam.testkit.bytes.ChunkScript;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.parquet.format.ColumnIndex;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.OffsetIndex;
import org.apache.parquet.format.PageEncodingStats;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.SizeStatistics;
import org.apache.parquet.format.Statistics;

/** False claims about a column chunk, by their names: each makes the chunk tell one of them. */
final class FalseClaims {
    /** Rows of a chunk. */
    static final int ROWS = 120;

    /** Rows of a page. */
    static final int PAGE = 40;

    static final Map<String, Consumer<ChunkScript>> ALL = new TreeMap<>();

    static {
        indexes();
        statistics();
        sizes();
        headers();
    }

    private FalseClaims() {}

    private static void lie(String name, Consumer<ChunkScript> lie) {
        ALL.put(name, lie);
    }

    private static void index(String name, Consumer<ColumnIndex> lie) {
        lie("column index: " + name, chunk -> chunk.tamperColumnIndex(lie));
    }

    private static void stats(String name, Consumer<Statistics> lie) {
        lie(
                "statistics: " + name,
                chunk -> chunk.tamper(entry -> lie.accept(entry.getMeta_data().getStatistics())));
    }

    private static void size(String name, Consumer<SizeStatistics> lie) {
        lie(
                "size statistics: " + name,
                chunk -> chunk.tamper(entry -> lie.accept(entry.getMeta_data().getSize_statistics())));
    }

    private static void indexes() {
        index("a null page with values, counted as such", index -> setNullPage(index, 0, 0L));
        index("a null page with values, all of its nulls counted", index -> setNullPage(index, 0, (long) PAGE));
        index("a null page with values, its nulls unknown", index -> {
            setNullPage(index, 1, 0L);
            index.unsetNull_counts();
            index.unsetDefinition_level_histograms();
        });
        index("null pages throughout", index -> {
            for (int page = 0; page < index.getNull_pagesSize(); page++) {
                setNullPage(index, page, 0L);
            }
        });
        index("the last page is no null page", index -> {
            int last = index.getNull_pagesSize() - 1;
            index.getNull_pages().set(last, false);
            index.getMin_values().set(last, index.getMin_values().get(0));
            index.getMax_values().set(last, index.getMax_values().get(0));
        });
        index("no nulls", index -> index.setNull_counts(Collections.nCopies(index.getNull_pagesSize(), 0L)));
        index(
                "a null too many",
                index -> index.getNull_counts().set(0, index.getNull_counts().get(0) + 1));
        index("more nulls than values", index -> index.getNull_counts().set(0, 1L << 40));
        index("bounds above the chunk's", index -> {
            ByteBuffer max = index.getMax_values().get(1);
            index.getMin_values().set(0, max);
            index.getMax_values().set(0, max);
        });
        index("bounds tighter than the chunk's", index -> {
            for (int page = 0; page < 2; page++) {
                index.getMax_values().set(page, index.getMin_values().get(page));
            }
        });
        index("bounds the wrong way round", index -> {
            ByteBuffer min = index.getMin_values().get(0);
            index.getMin_values().set(0, index.getMax_values().get(0));
            index.getMax_values().set(0, min);
        });
        index("bounds of no value", index -> {
            index.getMin_values().set(0, ByteBuffer.wrap(new byte[3]));
            index.getMax_values().set(0, ByteBuffer.wrap(new byte[3]));
        });
        index(
                "histograms that do not add up",
                index -> index.getDefinition_level_histograms().set(1, 7L));
        index("histograms of other nulls", index -> {
            List<Long> levels = index.getDefinition_level_histograms();
            levels.set(0, levels.get(0) + 1);
            levels.set(1, levels.get(1) - 1);
        });
        lie(
                "offset index: sizes of other pages",
                chunk -> chunk.tamperOffsetIndex(
                        index -> index.getPage_locations().get(0).setCompressed_page_size(17)));
        lie(
                "offset index: rows of other pages",
                chunk -> chunk.tamperOffsetIndex(
                        index -> index.getPage_locations().get(1).setFirst_row_index(PAGE - 1)));
        lie(
                "offset index: pages change places",
                chunk -> chunk.tamperOffsetIndex(index -> Collections.swap(index.getPage_locations(), 0, 1)));
        lie(
                "offset index: a page is missing",
                chunk -> chunk.tamperOffsetIndex(
                        index -> index.getPage_locations().remove(0)));
        lie(
                "offset index: other bytes than the size statistics",
                chunk -> chunk.tamperOffsetIndex((OffsetIndex index) -> index.setUnencoded_byte_array_data_bytes(
                        Collections.nCopies(index.getPage_locationsSize(), 1L))));
    }

    private static void setNullPage(ColumnIndex index, int page, long nulls) {
        index.getNull_pages().set(page, true);
        index.getMin_values().set(page, ByteBuffer.allocate(0));
        index.getMax_values().set(page, ByteBuffer.allocate(0));
        index.getNull_counts().set(page, nulls);
    }

    private static void statistics() {
        stats("all null", statistics -> statistics.setNull_count(ROWS));
        stats("all null, without bounds", statistics -> {
            statistics.setNull_count(ROWS);
            withoutBounds(statistics);
        });
        stats("more nulls than values", statistics -> statistics.setNull_count(ROWS + 1));
        stats("no nulls", statistics -> statistics.setNull_count(0));
        stats("a null too many", statistics -> statistics.setNull_count(statistics.getNull_count() + 1));
        stats("bounds too tight", statistics -> statistics.setMax_value(statistics.getMin_value()));
        stats("bounds the wrong way round", statistics -> {
            byte[] min = statistics.getMin_value();
            statistics.setMin_value(statistics.getMax_value());
            statistics.setMax_value(min);
        });
        stats("bounds of no value", statistics -> {
            statistics.setMin_value(new byte[3]);
            statistics.setMax_value(new byte[3]);
        });
        stats("another maximum in the deprecated field", statistics -> {
            statistics.setMin(statistics.getMin_value());
            statistics.setMax(statistics.getMin_value());
        });
        stats("more distinct values than values", statistics -> statistics.setDistinct_count(1L << 40));
        lie(
                "statistics: encodings that are not there",
                chunk -> chunk.tamper(entry -> entry.getMeta_data()
                        .setEncodings(List.of(Encoding.RLE_DICTIONARY))
                        .setEncoding_stats(
                                List.of(new PageEncodingStats(PageType.DATA_PAGE, Encoding.RLE_DICTIONARY, 3)))));
        lie(
                "statistics: another uncompressed size",
                chunk -> chunk.tamper(entry -> entry.getMeta_data().setTotal_uncompressed_size(1L << 50)));
    }

    private static void withoutBounds(Statistics statistics) {
        statistics.unsetMin_value();
        statistics.unsetMax_value();
    }

    private static void sizes() {
        size("levels that do not add up", sizes -> setLevels(sizes, 0, 1));
        size("levels of other nulls", sizes -> setLevels(sizes, 1, -1));
        size("too few levels", sizes -> sizes.setDefinition_level_histogram(List.of((long) ROWS)));
        size("a negative level", sizes -> sizes.setDefinition_level_histogram(List.of(-1L, ROWS + 1L)));
    }

    private static void setLevels(SizeStatistics sizes, int moreNulls, int moreValues) {
        List<Long> levels = sizes.getDefinition_level_histogram();
        sizes.setDefinition_level_histogram(List.of(levels.get(0) + moreNulls, levels.get(1) + moreValues));
    }

    private static void headers() {
        lie(
                "page headers: bounds too tight",
                chunk -> chunk.eachPage(page -> page.withStatistics().tamperHeader(header -> {
                    Statistics statistics = header.isSetData_page_header()
                            ? header.getData_page_header().getStatistics()
                            : header.getData_page_header_v2().getStatistics();
                    if (statistics.isSetMin_value()) {
                        statistics.setMax_value(statistics.getMin_value());
                    }
                })));
        lie(
                "page headers: all null",
                chunk -> chunk.eachPage(page -> page.withStatistics().tamperHeader(header -> {
                    if (header.isSetData_page_header()) {
                        header.getData_page_header().getStatistics().setNull_count(PAGE);
                    } else {
                        header.getData_page_header_v2().setNum_nulls(PAGE);
                        header.getData_page_header_v2().getStatistics().setNull_count(PAGE);
                    }
                })));
    }
}
