package io.glulam.cli.page;

import io.glulam.FileShape;
import io.glulam.cli.page.LargestChunks.Spot;
import io.glulam.picture.ChunkMatrix;
import io.glulam.plan.Units;
import java.util.List;

/**
 * The map of columns by row groups, with a switch for what it shows: no script, the style sheet heeds the switch.
 *
 * @param linked chunks whose pages are on the page
 */
record ChunkMap(ChunkMatrix chunks, FileShape shape, List<Spot> linked) {
    static final int MAX_ROW_GROUPS = 120;
    static final int MAX_COLUMNS = 200;

    void writeTo(Markup page) {
        page.begin("section").element("h2", "Columns by row groups").line();
        writeSwitch(page);
        int rowGroups = chunks.rowGroupCount();
        page.begin("div", "class", "map", "tabindex", "0", "role", "region", "aria-label", "Columns by row groups");
        page.begin("table").begin("thead").begin("tr").element("th", "column", "scope", "col");
        for (int i = 0; i < rowGroups; i++) {
            page.element(
                    "th", Integer.toString(i), "scope", "col", "class", shape.isFragment(i) ? "fragment" : "healthy");
        }
        page.end().end().begin("tbody").line();
        long largest = chunks.largestSize();
        for (int j = 0; j < chunks.columns().size(); j++) {
            page.begin("tr").element("th", chunks.columns().get(j), "scope", "row");
            for (int i = 0; i < rowGroups; i++) {
                writeCell(page, i, j, largest);
            }
            page.end().line();
        }
        page.end().end().end();
        writeRest(page, rowGroups, chunks.columns().size());
        page.end().line();
    }

    private void writeCell(Markup page, int rowGroup, int column, long largest) {
        ChunkMatrix.Cell chunk = chunks.cell(rowGroup, column);
        ChunkCell cell = new ChunkCell(chunk, largest);
        page.begin("td", "class", cell.classes(), "title", "row group " + rowGroup + ": " + cell.title());
        Spot spot = new Spot(rowGroup, column, chunk.compressedSize());
        if (linked.contains(spot)) {
            String name = "Pages of " + chunks.columns().get(column) + " in row group " + rowGroup;
            page.begin("a", "href", "#" + spot.anchor(), "aria-label", name).end();
        }
        page.end();
    }

    /** The inputs are siblings of the map, so that the style sheet can see which is chosen. */
    private static void writeSwitch(Markup page) {
        page.begin("p")
                .text("Each cell is a column chunk; a frame leads to its pages. What it shows:")
                .end();
        String[][] views = {
            {"bytes", "bytes, each shade for four times as many"},
            {"encodings", "encodings:"},
            {"ratio", "compression ratio"},
            {"nulls", "share of nulls"}
        };
        for (String[] view : views) {
            String id = "show-" + view[0];
            if (view[0].equals("bytes")) {
                page.empty("input", "type", "radio", "name", "show", "id", id, "checked", "checked");
            } else {
                page.empty("input", "type", "radio", "name", "show", "id", id);
            }
            page.begin("label", "for", id).text(view[1]);
            if (view[0].equals("encodings")) {
                page.text(" ").element("span", "plain", "class", "k1").text(" ");
                page.element("span", "dictionary", "class", "k2").text(" ");
                page.element("span", "delta or split", "class", "k3");
            }
            page.end().line();
        }
    }

    private void writeRest(Markup page, int rowGroups, int columns) {
        if (rowGroups < shape.rowGroups() || columns < shape.columns()) {
            page.element(
                    "p",
                    "Shown are the first " + Units.count(columns) + " of " + Units.count(shape.columns())
                            + " columns and the first " + Units.count(rowGroups) + " of "
                            + Units.count(shape.rowGroups()) + " row groups.");
        }
    }
}
