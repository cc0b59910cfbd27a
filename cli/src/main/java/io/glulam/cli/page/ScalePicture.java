package io.glulam.cli.page;

import io.glulam.FileShape;
import io.glulam.cli.text.Texts;
import io.glulam.plan.Units;
import java.util.Locale;

/** The row groups of a file in their order and to scale, as a picture. */
record ScalePicture(FileShape shape) {
    private static final int WIDTH = 1000;
    private static final int HEIGHT = 48;
    /** Above so many, neighbors share a shape that is wide enough to be seen. */
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
        long least = shape.rowGroups() <= MAX_SHAPES ? 0 : shape.rowGroupBytes() / MAX_SHAPES + 1;
        double from = 0;
        for (int i = 0; i < shape.rowGroups(); ) {
            int first = i;
            long bytes = 0;
            long fragments = 0;
            do {
                long size = shape.rowGroupSizes()[i];
                bytes += size;
                fragments += shape.isFragment(i) ? size : 0;
                i++;
            } while (bytes < least && i < shape.rowGroups());
            boolean fragment = i - first == 1 ? shape.isFragment(first) : 2 * fragments >= bytes;
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
        page.element(
                "title",
                which + ": " + Units.size(bytes)
                        + (fragment ? end - first == 1 ? ", fragment" : ", mostly fragments" : ""));
        page.end();
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }
}
