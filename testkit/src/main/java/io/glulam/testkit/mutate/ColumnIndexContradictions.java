package io.glulam.testkit.mutate;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.parquet.format.BoundaryOrder;
import org.apache.parquet.format.ColumnIndex;

/** Column indexes that tell of other null pages, nulls and bounds than the pages have. */
final class ColumnIndexContradictions {
    private final ContradictionList list;

    private ColumnIndexContradictions(ContradictionList list) {
        this.list = list;
    }

    /** Adds all of them. */
    static void addTo(ContradictionList list) {
        ColumnIndexContradictions contradictions = new ColumnIndexContradictions(list);
        contradictions.nullPages();
        contradictions.nullCountsOfPages();
        contradictions.boundsOfPages();
        contradictions.otherPages();
    }

    private void index(String name, ContradictionList.Change<ColumnIndex> change) {
        list.add(
                "column index: " + name,
                (chunk, random) -> chunk.withOffsetIndex()
                        .tamperColumnIndex(ContradictionList.seeded((index, draw) -> change.in(index, draw), random)));
    }

    private void nullPages() {
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
        index("null pages change places", (index, random) -> Tampering.swap(index.getNull_pages(), random));
    }

    private void nullCountsOfPages() {
        index("no nulls at all", (index, random) -> Collections.fill(index.getNull_counts(), 0L));
        index("no nulls in one page", (index, random) -> index.getNull_counts().set(any(index, random), 0L));
        index("nulls of pages change places", (index, random) -> Tampering.swap(index.getNull_counts(), random));
        index("a null too many", (index, random) -> Tampering.more(index.getNull_counts(), any(index, random), 1));
        index("a null too few", (index, random) -> Tampering.more(index.getNull_counts(), any(index, random), -1));
        index("a null moves to another page", (index, random) -> {
            Tampering.more(index.getNull_counts(), any(index, random), 1);
            Tampering.more(index.getNull_counts(), any(index, random), -1);
        });
        index("nulls without histograms, too many", (index, random) -> {
            index.unsetDefinition_level_histograms();
            index.unsetRepetition_level_histograms();
            Tampering.more(index.getNull_counts(), any(index, random), 2);
        });
        index("histograms of pages change places", (index, random) -> {
            if (index.isSetDefinition_level_histograms()) {
                Tampering.swap(index.getDefinition_level_histograms(), random);
            }
        });
        index("rows of pages change places", (index, random) -> {
            if (index.isSetRepetition_level_histograms() && index.getRepetition_level_histogramsSize() > 0) {
                Tampering.swap(index.getRepetition_level_histograms(), random);
            }
        });
        index(
                "NaN counts",
                (index, random) ->
                        index.setNan_counts(new ArrayList<>(Collections.nCopies(index.getNull_pagesSize(), 1L))));
    }

    private void boundsOfPages() {
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

    private void otherPages() {
        index("a page too many", (index, random) -> {
            index.getNull_pages().add(false);
            index.getMin_values().add(index.getMin_values().get(0));
            index.getMax_values().add(index.getMax_values().get(0));
            index.unsetNull_counts();
            index.unsetDefinition_level_histograms();
            index.unsetRepetition_level_histograms();
        });
        index("too few null counts", (index, random) -> {
            if (index.isSetNull_counts()) {
                index.getNull_counts().remove(0);
            }
        });
        index("levels of a page are of nulls only", (index, random) -> {
            if (index.isSetDefinition_level_histograms()) {
                List<Long> levels = index.getDefinition_level_histograms();
                int max = levels.size() / index.getNull_pagesSize() - 1;
                int first = any(index, random) * (max + 1);
                levels.set(first, levels.get(first) + levels.get(first + max));
                levels.set(first + max, 0L);
            }
        });
        index("bounds of NaN", (index, random) -> {
            int page = any(index, random);
            int width = index.getMin_values().get(page).remaining();
            if (width == 4 || width == 8) {
                index.getMin_values().set(page, ByteBuffer.wrap(Tampering.nan(width)));
                index.getMax_values().set(page, ByteBuffer.wrap(Tampering.nan(width)));
            }
        });
        index("zeros of the other sign", (index, random) -> {
            int page = any(index, random);
            int width = index.getMin_values().get(page).remaining();
            if (width == 4 || width == 8) {
                index.getMin_values().set(page, ByteBuffer.wrap(new byte[width]));
                index.getMax_values().set(page, ByteBuffer.wrap(Tampering.negativeZero(width)));
            }
        });
    }

    private static void nullPage(ColumnIndex index, int page, long nulls) {
        index.getNull_pages().set(page, true);
        index.getMin_values().set(page, ByteBuffer.allocate(0));
        index.getMax_values().set(page, ByteBuffer.allocate(0));
        index.getNull_counts().set(page, nulls);
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
}
