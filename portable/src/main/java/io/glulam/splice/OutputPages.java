package io.glulam.splice;

import io.glulam.format.Encoding;
import io.glulam.plan.Settings;
import io.glulam.plan.Tier;
import java.util.Arrays;

/**
 * Which source pages make which output page: neighbours of one encoding up to the target size, never a part of a page.
 * Depends on nothing but headers and settings, so the pages come out the same for any threads and memory.
 */
public final class OutputPages {
    private final PageTable pages;
    private int[] starts = new int[64];
    private boolean[] moved = new boolean[64];
    private int count;

    private OutputPages(PageTable pages) {
        this.pages = pages;
    }

    /**
     * The pages of a column that takes {@code tier}: Join moves each, Remap and Coalesce join small ones. Where the
     * settings ask for another compression, none moves as it is.
     */
    public static OutputPages of(SurveyedColumn column, Tier tier, Settings settings) {
        OutputPages output = new OutputPages(column.pages());
        boolean recompressed = tier != Tier.JOIN && settings.compression().isOtherThan(column.codec());
        int page = 0;
        while (page < column.pageCount()) {
            int end = tier == Tier.JOIN ? page + 1 : output.groupEnd(column, page, settings);
            boolean indices = Encoding.isDictionary(column.pages().encoding(page));
            boolean asIs = !recompressed && end - page == 1 && (!indices || column.sameIndices());
            output.add(page, asIs);
            page = end;
        }
        output.add(page, false);
        output.count--;
        return output;
    }

    private int groupEnd(SurveyedColumn column, int first, Settings settings) {
        int encoding = pages.encoding(first);
        if (!PageSplicer.canSplice(column.leaf(), encoding)) {
            return first + 1;
        }
        long bytes = pages.uncompressedSize(first);
        long rows = rows(first);
        int end = first + 1;
        while (end < pages.count() && pages.encoding(end) == encoding) {
            bytes += pages.uncompressedSize(end);
            rows += rows(end);
            if (bytes > settings.pageBytes() || rows > settings.pageRows()) {
                break;
            }
            end++;
        }
        return end;
    }

    /** Rows where the header tells; for version 1 the values, which are as many or more. */
    private long rows(int page) {
        return pages.rowCount(page) >= 0 ? pages.rowCount(page) : pages.valueCount(page);
    }

    private void add(int start, boolean asIs) {
        if (count == starts.length) {
            starts = Arrays.copyOf(starts, count * 2);
            moved = Arrays.copyOf(moved, count * 2);
        }
        starts[count] = start;
        moved[count] = asIs;
        count++;
    }

    /** Number of output pages. */
    public int count() {
        return count;
    }

    /** First source page of an output page. */
    public int from(int page) {
        return starts[page];
    }

    /** One past its last source page. */
    public int to(int page) {
        return starts[page + 1];
    }

    /** Whether the output page is a source page, byte for byte. */
    public boolean isMoved(int page) {
        return moved[page];
    }

    /**
     * One past the last output page of the run of moved pages that begins at {@code page}: pages of one fragment that
     * lie one after the other in the source.
     */
    public int runEnd(int page) {
        int end = page + 1;
        while (end < count && moved[end] && follows(starts[end - 1], starts[end])) {
            end++;
        }
        return end;
    }

    private boolean follows(int left, int right) {
        return pages.fragment(left) == pages.fragment(right)
                && pages.position(left) + pages.storedLength(left) == pages.position(right);
    }

    /** Source position of an output page that is moved. */
    public long position(int page) {
        return pages.position(starts[page]);
    }

    /** One past its last byte in the source. */
    public long end(int page) {
        return pages.position(starts[page]) + pages.storedLength(starts[page]);
    }

    /** Memory that splicing an output page takes: stored, unpacked and joined forms, levels and indices. */
    public long spliceCost(int page) {
        long uncompressed = 0;
        long stored = 0;
        long values = 0;
        for (int source = starts[page]; source < starts[page + 1]; source++) {
            uncompressed += pages.uncompressedSize(source);
            stored = Math.max(stored, pages.compressedSize(source));
            values += pages.valueCount(source);
        }
        return stored + 6 * uncompressed + 12 * values;
    }
}
