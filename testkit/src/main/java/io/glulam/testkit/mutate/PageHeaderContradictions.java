package io.glulam.testkit.mutate;

import io.glulam.testkit.bytes.PageScript;
import java.util.function.ObjIntConsumer;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.Statistics;

/** Page headers that tell of other nulls, bounds, values, rows and sizes than the pages have. */
final class PageHeaderContradictions {
    private final ContradictionList list;

    private PageHeaderContradictions(ContradictionList list) {
        this.list = list;
    }

    /** Adds all of them. */
    static void addTo(ContradictionList list) {
        PageHeaderContradictions contradictions = new PageHeaderContradictions(list);
        contradictions.headers();
        contradictions.twoHeaders();
    }

    private void header(String name, ContradictionList.Change<PageHeader> change) {
        list.add("page header: " + name, (chunk, random) -> {
            PageScript page = chunk.pages().get(random.nextInt(chunk.pages().size()));
            page.withStatistics().tamperHeader(ContradictionList.seeded(change, random));
        });
    }

    private void headers() {
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

    /** Two pages of which one tells of one more, the other of one fewer: their sum is right. */
    private void twoHeaders() {
        twoHeaders("a null moves to another page", PageHeaderContradictions::addNulls);
        twoHeaders("a row moves to another page", (header, more) -> {
            if (header.isSetData_page_header_v2()) {
                header.getData_page_header_v2()
                        .setNum_rows(header.getData_page_header_v2().getNum_rows() + more);
            }
        });
        twoHeaders("a value moves to another page", (header, more) -> setValues(header, values(header) + more));
    }

    private void twoHeaders(String name, ObjIntConsumer<PageHeader> add) {
        list.add("page headers: " + name, (chunk, random) -> {
            chunk.eachPage(PageScript::withStatistics);
            int one = random.nextInt(chunk.pages().size());
            int other = random.nextInt(chunk.pages().size());
            int more = 1 + random.nextInt(8);
            if (one != other) {
                chunk.pages().get(one).tamperHeader(header -> add.accept(header, more));
                chunk.pages().get(other).tamperHeader(header -> add.accept(header, -more));
            }
        });
    }

    private static void addNulls(PageHeader header, int more) {
        if (statistics(header) != null && statistics(header).isSetNull_count()) {
            statistics(header).setNull_count(statistics(header).getNull_count() + more);
        }
        if (header.isSetData_page_header_v2()) {
            header.getData_page_header_v2()
                    .setNum_nulls(header.getData_page_header_v2().getNum_nulls() + more);
        }
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
}
