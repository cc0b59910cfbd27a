package io.glulam.cli.page;

import java.util.Locale;

/** A picture of parts that lie one after the other, to scale. Used once: {@link #begin}, {@link #part} for each, {@link #end}. */
final class Band {
    private static final int WIDTH = 1000;

    private final Markup page;
    private final int height;
    private final double scale;
    private double from;

    private Band(Markup page, int height, double scale) {
        this.page = page;
        this.height = height;
        this.scale = scale;
    }

    /**
     * Begins the picture.
     *
     * @param label what it shows, for those who do not see it
     * @param bytes of the whole width
     */
    static Band begin(Markup page, String label, int height, long bytes) {
        page.begin(
                "svg",
                "viewBox",
                "0 0 " + WIDTH + " " + height,
                "preserveAspectRatio",
                "none",
                "role",
                "img",
                "aria-label",
                label);
        return new Band(page, height, WIDTH / (double) Math.max(1, bytes));
    }

    /** Draws the next part; its style is a class of the style sheet. */
    void part(String style, long bytes, String title) {
        double width = bytes * scale;
        page.begin(
                "rect",
                "class",
                style,
                "x",
                number(from),
                "y",
                "0",
                "width",
                number(width > 3 ? width - 1 : width * 0.8),
                "height",
                Integer.toString(height));
        page.element("title", title);
        page.end();
        from += width;
    }

    void end() {
        page.end().line();
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }
}
