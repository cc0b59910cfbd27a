package io.glulam.cli.page;

import io.glulam.FileShape;
import io.glulam.cli.text.Texts;
import io.glulam.plan.Units;
import java.util.Locale;

/** The row groups of a file in their order and to scale, as a picture. */
record ScalePicture(FileShape shape) {
    private static final int WIDTH = 1000;
    private static final int HEIGHT = 48;
    /** Above so many, neighbours that are alike become one shape. */
    private static final int MAX_SHAPES = 2000;

    void writeTo(Markup page) {
        page.begin(
                "svg",
                "viewBox",
                "0 0 " + WIDTH + " " + HEIGHT,
                "preserveAspectRatio",
                "none",
                "role",
                "img",
                "aria-label",
                Texts.count(shape.rowGroups(), "row group") + " to scale, " + Units.count(shape.fragments())
                        + " of them fragments");
        double scale = WIDTH / (double) Math.max(1, shape.rowGroupBytes());
        boolean joined = shape.rowGroups() > MAX_SHAPES;
        double from = 0;
        for (int i = 0; i < shape.rowGroups(); ) {
            int first = i;
            boolean fragment = shape.isFragment(i);
            long bytes = 0;
            do {
                bytes += shape.rowGroupSizes()[i++];
            } while (joined && i < shape.rowGroups() && shape.isFragment(i) == fragment);
            writeShape(page, first, i, fragment, from, bytes, scale);
            from += bytes * scale;
        }
        page.end().line();
    }

    private static void writeShape(
            Markup page, int first, int end, boolean fragment, double from, long bytes, double scale) {
        double width = bytes * scale;
        page.begin(
                "rect",
                "class",
                fragment ? "fragment" : "healthy",
                "x",
                number(from),
                "y",
                "0",
                "width",
                number(width > 3 ? width - 1 : width * 0.8),
                "height",
                Integer.toString(HEIGHT));
        String which = end - first == 1 ? "row group " + first : "row groups " + first + " to " + (end - 1);
        page.element("title", which + ": " + Units.size(bytes) + (fragment ? ", fragment" : ""));
        page.end();
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }
}
