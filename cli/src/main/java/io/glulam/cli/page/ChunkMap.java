package io.glulam.cli.page;

import io.glulam.FileShape;
import io.glulam.footer.Footer;
import io.glulam.format.Leaf;
import io.glulam.plan.Units;
import java.util.List;

/** The map of columns by row groups, with a switch for what it shows: no script, the style sheet heeds the switch. */
record ChunkMap(Footer footer, FileShape shape) {
    private static final int MAX_ROW_GROUPS = 120;
    private static final int MAX_COLUMNS = 200;

    void writeTo(Markup page) {
        page.begin("section").element("h2", "Columns by row groups").line();
        writeSwitch(page);
        int rowGroups = Math.min(MAX_ROW_GROUPS, footer.rowGroupCount());
        List<Leaf> all = footer.schema().leaves();
        List<Leaf> leaves = all.subList(0, Math.min(MAX_COLUMNS, all.size()));
        page.begin("div", "class", "map", "tabindex", "0", "role", "region", "aria-label", "Columns by row groups");
        page.begin("table").begin("thead").begin("tr").element("th", "column", "scope", "col");
        for (int i = 0; i < rowGroups; i++) {
            page.element(
                    "th", Integer.toString(i), "scope", "col", "class", shape.isFragment(i) ? "fragment" : "healthy");
        }
        page.end().end().begin("tbody").line();
        long largest = largest(leaves, rowGroups);
        for (Leaf leaf : leaves) {
            page.begin("tr").element("th", leaf.name(), "scope", "row");
            for (int i = 0; i < rowGroups; i++) {
                ChunkCell cell = new ChunkCell(footer.chunk(i, leaf.index()), largest);
                page.begin("td", "class", cell.classes(), "title", "row group " + i + ": " + cell.title())
                        .end();
            }
            page.end().line();
        }
        page.end().end().end();
        writeRest(page, rowGroups, leaves.size());
        page.end().line();
    }

    /** The inputs are siblings of the map, so that the style sheet can see which is chosen. */
    private static void writeSwitch(Markup page) {
        page.begin("p").text("Each cell is a column chunk. What it shows:").end();
        String[][] views = {
            {"bytes", "bytes, four times as many a shade"},
            {"encodings", "encodings:"},
            {"ratio", "ratio of unpacked to packed bytes"},
            {"nulls", "nulls"}
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

    private long largest(List<Leaf> leaves, int rowGroups) {
        long largest = 1;
        for (int i = 0; i < rowGroups; i++) {
            for (Leaf leaf : leaves) {
                largest = Math.max(largest, footer.chunk(i, leaf.index()).compressedSize());
            }
        }
        return largest;
    }

    private void writeRest(Markup page, int rowGroups, int columns) {
        if (rowGroups < footer.rowGroupCount()
                || columns < footer.schema().leaves().size()) {
            page.element(
                    "p",
                    "Shown are the first " + Units.count(columns) + " of "
                            + Units.count(footer.schema().leaves().size()) + " columns and the first "
                            + Units.count(rowGroups) + " of " + Units.count(footer.rowGroupCount()) + " row groups.");
        }
    }
}
