package io.glulam.cli.text;

import java.util.Arrays;

/**
 * A file's row groups in one line, in their order and to scale: healthy ones solid with a seam between them, fragments
 * light.
 */
public final class FilePicture {
    private final long threshold;
    private final long[] sizes;
    private final long total;

    /**
     * @param threshold bytes under which a row group is a fragment
     * @param sizes compressed bytes of the row groups, in file order
     */
    public FilePicture(long threshold, long[] sizes) {
        this.threshold = threshold;
        this.sizes = sizes;
        this.total = Arrays.stream(sizes).sum();
    }

    /**
     * Draws the line.
     *
     * @param width cells of a file of {@code scale} bytes; a smaller file takes fewer, at least one if it holds any
     */
    public String draw(Output out, int width, long scale) {
        int cells = total == 0 ? 0 : (int) Math.max(1, Math.round((double) width * total / Math.max(1, scale)));
        StringBuilder line = new StringBuilder();
        StringBuilder run = new StringBuilder();
        boolean runIsHealthy = true;
        Cursor cursor = new Cursor();
        for (int cell = 0; cell < cells; cell++) {
            char glyph = cursor.cell(out.glyphs(), (double) total * (cell + 1) / cells);
            if (cursor.healthy != runIsHealthy) {
                line.append(out.paint(runIsHealthy ? Color.GOOD : Color.BAD, run.toString()));
                run.setLength(0);
                runIsHealthy = cursor.healthy;
            }
            run.append(glyph);
        }
        return line.append(out.paint(runIsHealthy ? Color.GOOD : Color.BAD, run.toString()))
                .toString();
    }

    /** Walks through the row groups cell by cell. */
    private final class Cursor {
        private int group;
        private double groupEnd = sizes.length == 0 ? 0 : sizes[0];
        private double position;
        private boolean healthy;

        /** The glyph of the cell that ends at byte {@code end}; what fills most of it decides. */
        char cell(Glyphs glyphs, double end) {
            double fragmented = 0;
            double cellStart = position;
            int ended = 0;
            int first = group;
            while (group < sizes.length) {
                double stop = Math.min(groupEnd, end);
                if (sizes[group] < threshold) {
                    fragmented += stop - position;
                }
                position = stop;
                // Half a byte, because the cells' bounds are rounded.
                if (groupEnd > end + 0.5 || group == sizes.length - 1) {
                    break;
                }
                ended++;
                group++;
                groupEnd += sizes[group];
            }
            healthy = fragmented * 2 < end - cellStart;
            if (healthy) {
                boolean lastCellOfGroup = ended > 0 && sizes[first] >= threshold && end < total - 0.5;
                return lastCellOfGroup ? glyphs.seam() : glyphs.healthy();
            }
            int shown = sizes[first] < threshold ? first : group;
            boolean fillsCells = sizes[shown] >= 2 * (end - cellStart);
            return fillsCells && shown % 2 == 1 ? glyphs.otherFragment() : glyphs.fragment();
        }
    }
}
