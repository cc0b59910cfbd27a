package io.glulam.merge;

import io.glulam.footer.Footer;
import io.glulam.join.Input;
import io.glulam.join.Slice;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The facts that planning needs of an input once its footer was read.
 *
 * @param input the pinned file
 * @param rowGroups how many row groups it has
 * @param rows their rows
 * @param bytes their compressed bytes
 * @param footerBytes of its footer
 * @param healthy whether no row group is a fragment
 * @param regions where each row group lies; null for inputs that no output splits
 */
public record ScannedInput(
        Input input,
        int rowGroups,
        long rows,
        long bytes,
        int footerBytes,
        boolean healthy,
        @Nullable List<Region> regions) {

    /**
     * A row group that an output may take by itself.
     *
     * @param bytes its compressed bytes
     * @param slice it alone
     */
    public record Region(long bytes, Slice slice) {}

    /**
     * @param threshold compressed bytes under which a row group is a fragment
     * @param maxFileBytes an input with more compressed bytes than this can be split between its row groups
     * @param done how many row groups are left out, from the first one on
     */
    static ScannedInput of(Input input, Footer footer, long threshold, long maxFileBytes, int done) {
        long rows = 0;
        long bytes = 0;
        boolean healthy = true;
        for (int i = done; i < footer.rowGroupCount(); i++) {
            rows += footer.rows(i);
            bytes += footer.compressedSize(i);
            healthy &= footer.compressedSize(i) >= threshold;
        }
        boolean splits = done > 0 || bytes > maxFileBytes && footer.rowGroupCount() > 1;
        int footerBytes = (int) (input.size() - footer.offsetInFile());
        return new ScannedInput(
                input,
                footer.rowGroupCount(),
                rows,
                bytes,
                footerBytes,
                healthy,
                splits ? regions(input, footer, done) : null);
    }

    private static List<Region> regions(Input input, Footer footer, int done) {
        List<Region> regions = new ArrayList<>(footer.rowGroupCount());
        for (int i = done; i < footer.rowGroupCount(); i++) {
            regions.add(new Region(footer.compressedSize(i), Slice.of(input, footer, i, i + 1)));
        }
        return regions;
    }

    /** All of it. */
    Slice whole() {
        return Slice.whole(input, rowGroups);
    }
}
