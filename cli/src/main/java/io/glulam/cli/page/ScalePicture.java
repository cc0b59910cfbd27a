package io.glulam.cli.page;

import io.glulam.FileShape;
import io.glulam.cli.text.Texts;
import io.glulam.plan.Units;

/** The row groups of a file in their order and to scale, as a picture. */
record ScalePicture(FileShape shape) {
    private static final int HEIGHT = 48;
    /** Above so many, neighbors share a shape that is wide enough to be seen. */
    private static final int MAX_SHAPES = 2000;

    void writeTo(Markup page) {
        String label = Texts.count(shape.rowGroups(), "row group") + " to scale, " + Units.count(shape.fragments())
                + " of them fragments";
        Band band = Band.begin(page, label, HEIGHT, shape.rowGroupBytes());
        long least = shape.rowGroups() <= MAX_SHAPES ? 0 : shape.rowGroupBytes() / MAX_SHAPES + 1;
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
            band.part(fragment ? "fragment" : "healthy", bytes, title(first, i, fragment, bytes));
        }
        band.end();
    }

    private static String title(int first, int end, boolean fragment, long bytes) {
        boolean one = end - first == 1;
        String which = one ? "row group " + first : "row groups " + first + " to " + (end - 1);
        return which + ": " + Units.size(bytes) + (fragment ? one ? ", fragment" : ", mostly fragments" : "");
    }
}
