package io.glulam.cli.page;

import io.glulam.OpenedFooter;
import io.glulam.cli.page.LargestChunks.Spot;
import io.glulam.cli.text.Texts;
import io.glulam.error.GlulamException;
import io.glulam.picture.ChunkMatrix;
import io.glulam.picture.ChunkPages;
import io.glulam.plan.Units;
import java.util.List;

/**
 * The pages of the largest chunks, to scale and as a table. Each chunk folds, without script.
 *
 * @param spots the chunks, the largest first
 * @param maxPages of each chunk
 */
record PagesOfChunks(OpenedFooter opened, ChunkMatrix chunks, List<Spot> spots, int maxPages) {
    /** Chunks and pages of each, from a file; a page costs a short read. */
    private static final int MAX_CHUNKS = 12;

    private static final int MAX_PAGES = 200;

    /** The same of an object in a store, where a page's header costs a request. */
    private static final int MAX_REMOTE_CHUNKS = 4;

    private static final int MAX_REMOTE_PAGES = 10;

    private static final int HEIGHT = 40;

    static PagesOfChunks of(OpenedFooter opened, ChunkMatrix chunks) {
        boolean remote = opened.isRemote();
        List<Spot> spots = LargestChunks.of(chunks, remote ? MAX_REMOTE_CHUNKS : MAX_CHUNKS);
        return new PagesOfChunks(opened, chunks, spots, remote ? MAX_REMOTE_PAGES : MAX_PAGES);
    }

    void writeTo(Markup page) {
        if (spots.isEmpty()) {
            return;
        }
        long all = (long) chunks.rowGroupCount() * chunks.columns().size();
        page.begin("section").element("h2", "Pages of a chunk").line();
        page.begin("p");
        page.text(
                spots.size() == all
                        ? "All column chunks, the largest first, with their pages to scale: "
                        : spots.size() + " of the " + Units.count(all)
                                + " column chunks above, the largest of each column first, with their pages to"
                                + " scale: ");
        page.element("span", "dictionary page", "class", "k0").text(" ");
        page.element("span", "plain", "class", "k1").text(" ");
        page.element("span", "indices into the dictionary", "class", "k2").text(" ");
        page.element("span", "delta or split", "class", "k3").end().line();
        for (int i = 0; i < spots.size(); i++) {
            writeChunk(page, spots.get(i), i == 0);
        }
        page.end().line();
    }

    private void writeChunk(Markup page, Spot spot, boolean unfolded) {
        if (unfolded) {
            page.begin("details", "open", "open");
        } else {
            page.begin("details");
        }
        page.begin("summary");
        page.element("strong", chunks.columns().get(spot.column()));
        page.text(" in row group " + spot.rowGroup() + ": " + Units.size(spot.size()))
                .end()
                .line();
        // Following a link to something inside of it unfolds it.
        page.begin("div", "id", spot.anchor(), "class", "chunk");
        try {
            writePages(page, spot, opened.pages(spot.rowGroup(), spot.column(), maxPages));
        } catch (GlulamException failure) {
            page.element("p", "Its pages cannot be read: " + failure.problem());
        }
        page.end().end().line();
    }

    private void writePages(Markup page, Spot spot, ChunkPages found) {
        List<ChunkPages.Page> pages = found.pages();
        writePicture(page, spot, pages);
        if (!found.isComplete()) {
            page.element(
                    "p",
                    "Shown are the first " + Texts.count(pages.size(), "page") + ", "
                            + Units.size(found.compressedSize()) + " of the chunk's " + Units.size(spot.size()) + ".");
        }
        String name = "Pages of " + chunks.columns().get(spot.column()) + " in row group " + spot.rowGroup();
        page.begin("div", "class", "pages", "tabindex", "0", "role", "region", "aria-label", name);
        page.begin("table").begin("thead").begin("tr");
        for (String title : List.of("page", "encoding", "values", "rows", "nulls", "bytes", "unpacked")) {
            page.element("th", title, "scope", "col");
        }
        page.end().end().begin("tbody").line();
        for (int i = 0; i < pages.size(); i++) {
            ChunkPages.Page each = pages.get(i);
            page.begin("tr").element("th", Integer.toString(i), "scope", "row");
            page.element("td", isDictionary(each) ? each.encoding() + " (dictionary)" : each.encoding());
            page.element("td", Units.count(each.valueCount()));
            page.element("td", known(each.rowCount()));
            page.element("td", known(each.nullCount()));
            page.element("td", Units.size(each.compressedSize()));
            page.element("td", Units.size(each.uncompressedSize()));
            page.end().line();
        }
        page.end().end().end();
    }

    private void writePicture(Markup page, Spot spot, List<ChunkPages.Page> pages) {
        String label = Texts.count(pages.size(), "page") + " to scale";
        Band band = Band.begin(page, label, HEIGHT, Math.max(spot.size(), sum(pages)));
        for (int i = 0; i < pages.size(); i++) {
            ChunkPages.Page each = pages.get(i);
            band.part(
                    "p" + (isDictionary(each) ? 0 : EncodingKind.of(each.encoding())),
                    each.compressedSize(),
                    "page " + i + ": " + each.encoding() + ", " + Units.size(each.compressedSize()));
        }
        band.end();
    }

    private static boolean isDictionary(ChunkPages.Page page) {
        return page.type().equals("DICTIONARY_PAGE");
    }

    private static long sum(List<ChunkPages.Page> pages) {
        return pages.stream().mapToLong(ChunkPages.Page::compressedSize).sum();
    }

    private static String known(long count) {
        return count < 0 ? "–" : Units.count(count);
    }
}
