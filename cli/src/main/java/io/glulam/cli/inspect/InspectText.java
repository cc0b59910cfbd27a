package io.glulam.cli.inspect;

import io.glulam.FileShape;
import io.glulam.OpenedFooter;
import io.glulam.cli.text.Color;
import io.glulam.cli.text.FilePicture;
import io.glulam.cli.text.Output;
import io.glulam.cli.text.SizePicture;
import io.glulam.cli.text.TextTable;
import io.glulam.cli.text.Texts;
import io.glulam.footer.Footer;
import io.glulam.plan.Units;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tells people about a file. */
public final class InspectText {
    private final Output out;
    private final String name;
    private final FileShape shape;
    private final Footer footer;

    public InspectText(Output out, OpenedFooter opened, FileShape shape) {
        this.out = out;
        this.name = opened.name();
        this.shape = shape;
        this.footer = opened.footer();
    }

    /** One line: name, size and shape. */
    public void printHead() {
        out.line(out.paint(Color.STRONG, Texts.printable(name)));
        out.line("  " + Units.size(shape.bytes()) + ", " + Texts.count(footer.rowCount(), "row") + ", "
                + Texts.count(footer.rowGroupCount(), "row group") + ", "
                + Texts.count(footer.schema().leaves().size(), "column"));
    }

    /** The writer and the key-value metadata, whose values are only measured. */
    public void printWriter() {
        String writer = footer.createdBy();
        out.line("  written by " + (writer == null ? "an unnamed writer" : Texts.printable(writer))
                + ", format version " + footer.version());
        List<Map.Entry<String, @Nullable String>> entries = footer.keyValueMetadata();
        if (!entries.isEmpty()) {
            heading("Key-value metadata");
            TextTable table = new TextTable("key", ">size");
            for (Map.Entry<String, @Nullable String> entry : entries) {
                String value = entry.getValue();
                table.add(
                        Texts.printable(entry.getKey()),
                        value == null ? "no value" : Units.size(value.getBytes(StandardCharsets.UTF_8).length));
            }
            printTable(table);
        }
    }

    public void printSchema() {
        heading("Schema");
        SchemaTree.print(footer.schema().root(), out);
    }

    /** Per column what its chunks are made of. */
    public void printColumns() {
        heading("Columns");
        TextTable sizes = new TextTable("column", ">compressed", ">share", ">ratio", "codec", "encodings");
        TextTable aids =
                new TextTable("column", ">nulls", "bounds", "dictionary", "column index", "offset index", "bloom");
        long all = Math.max(1, shape.rowGroupBytes());
        long damaged = 0;
        for (ColumnSummary column : ColumnSummary.all(footer)) {
            damaged += column.damagedAids();
            String name = Texts.printable(column.leaf().name());
            sizes.add(
                    name,
                    Units.size(column.compressedBytes()),
                    Units.percent(column.compressedBytes(), all),
                    ratio(column),
                    String.join(", ", column.codecs()),
                    String.join(", ", column.encodings()));
            aids.add(
                    name,
                    column.nulls() < 0 ? "unknown" : Units.count(column.nulls()),
                    share(column.bounds()),
                    share(column.dictionaries()),
                    share(column.columnIndexes()),
                    share(column.offsetIndexes()),
                    share(column.bloomFilters()));
        }
        printTable(sizes);
        heading("Statistics and indexes");
        printTable(aids);
        if (damaged > 0) {
            out.line("  damaged, because they do not lie within the file's data: " + Units.count(damaged)
                    + "; compact leaves them out");
        }
    }

    private static String ratio(ColumnSummary column) {
        if (column.compressedBytes() == 0) {
            return "";
        }
        return String.format(Locale.ROOT, "%.1f", (double) column.uncompressedBytes() / column.compressedBytes());
    }

    /** How many of the chunks have something. */
    private String share(int chunks) {
        if (chunks == 0) {
            return "no";
        }
        return chunks == footer.rowGroupCount() ? "all" : Units.count(chunks);
    }

    /** One line a row group. */
    public void printRowGroups() {
        heading("Row groups");
        TextTable table = new TextTable(">#", ">rows", ">compressed", ">uncompressed", ">offset", "");
        for (int i = 0; i < footer.rowGroupCount(); i++) {
            table.add(
                    Integer.toString(i),
                    Units.count(footer.rows(i)),
                    Units.size(footer.compressedSize(i)),
                    Units.size(footer.uncompressedSize(i)),
                    Units.count(footer.start(i)),
                    shape.isFragment(i) ? "fragment" : "");
        }
        printTable(table);
    }

    /** The row groups by size and in a line, and how fragmented the file is. */
    public void printPicture() {
        heading("Row groups by size");
        if (footer.rowGroupCount() == 0) {
            out.line(out.paint(Color.FAINT, "  no row groups"));
            return;
        }
        new SizePicture(shape.threshold(), shape.rowGroupSizes()).print(out);
        heading("In the file's order");
        out.line("  "
                + new FilePicture(shape.threshold(), shape.rowGroupSizes())
                        .draw(out, pictureWidth(out), shape.rowGroupBytes()));
        out.line();
        out.line(verdict());
    }

    /** Cells that a picture of a file takes. */
    public static int pictureWidth(Output out) {
        return Math.min(140, out.width() - 4);
    }

    private String verdict() {
        int fragments = shape.fragments();
        String threshold = Units.size(shape.threshold());
        if (fragments == 0) {
            return out.paint(Color.GOOD, "Not fragmented") + ": no row group is under " + threshold + ".";
        }
        String share = Units.percent(shape.fragmentBytes(), shape.rowGroupBytes()) + " fragmented";
        return out.paint(Color.BAD, share) + ": " + Units.count(fragments) + " of "
                + Texts.count(footer.rowGroupCount(), "row group") + (fragments == 1 ? " is" : " are") + " under "
                + threshold + ".";
    }

    private void heading(String text) {
        out.line();
        out.line(out.paint(Color.STRONG, text));
    }

    private void printTable(TextTable table) {
        List<String> lines = table.lines(2, out.width());
        out.line(out.paint(Color.FAINT, lines.get(0)));
        lines.subList(1, lines.size()).forEach(out::line);
    }
}
