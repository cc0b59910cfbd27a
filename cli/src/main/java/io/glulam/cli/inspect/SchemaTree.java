package io.glulam.cli.inspect;

import io.glulam.cli.text.Color;
import io.glulam.cli.text.Output;
import io.glulam.cli.text.TextTable;
import io.glulam.cli.text.Texts;
import io.glulam.format.PhysicalType;
import io.glulam.format.SchemaNode;
import java.util.List;
import java.util.Locale;

/** Draws a schema as a tree, a node a line. */
final class SchemaTree {
    private final Output out;
    private final TextTable table = new TextTable("", "", "");

    private SchemaTree(Output out) {
        this.out = out;
    }

    static void print(SchemaNode root, Output out) {
        SchemaTree tree = new SchemaTree(out);
        tree.children(root, "", true);
        List<String> lines = tree.table.lines(2, out.width());
        for (String line : lines.subList(1, lines.size())) {
            out.line(line);
        }
        if (root.children().isEmpty()) {
            out.line(out.paint(Color.FAINT, "  no columns"));
        }
    }

    /** The schema is at most some dozens of levels deep, which its reader has checked. */
    private void children(SchemaNode node, String trunk, boolean top) {
        for (int i = 0; i < node.children().size(); i++) {
            SchemaNode child = node.children().get(i);
            boolean last = i == node.children().size() - 1;
            String branch = last ? out.glyphs().lastBranch() : out.glyphs().branch();
            table.add(trunk + (top ? "" : branch) + Texts.printable(child.name()), type(child), detail(child));
            String below = last ? "   " : out.glyphs().trunk();
            children(child, trunk + (top ? "" : below), false);
        }
    }

    private static String type(SchemaNode node) {
        PhysicalType type = node.type();
        if (type == null) {
            return "group";
        }
        return type == PhysicalType.FIXED_LEN_BYTE_ARRAY ? type + "(" + node.typeLength() + ")" : type.name();
    }

    private static String detail(SchemaNode node) {
        String repetition =
                node.repetition() == null ? "" : node.repetition().name().toLowerCase(Locale.ROOT);
        String annotation = node.annotation();
        return annotation == null ? repetition : repetition + " " + annotation;
    }
}
