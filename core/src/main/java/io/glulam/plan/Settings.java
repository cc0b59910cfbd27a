package io.glulam.plan;

import io.glulam.format.CompressionCodec;
import java.util.function.Consumer;

/**
 * Everything besides the source that decides the bytes of the output. Memory, threads and the folder for temporary
 * files are not here, because they must not influence them.
 *
 * @param threshold under which compressed size a row group is a fragment
 * @param targetBytes most compressed bytes of a merged row group, by the sizes of its sources; at least 1
 * @param maxRows most rows of a merged row group; at least 1
 * @param pageBytes uncompressed bytes that a written page aims at; at least 1
 * @param pageRows most rows of a written page; at least 1
 * @param order in which order row groups are written
 * @param effort how far merging may go beyond moving bytes
 * @param rewrite which row groups are written again
 * @param form in which form pages are written
 * @param verify how the output is proven
 * @param strict whether to refuse what could otherwise only be carried with a loss that no reader notices
 * @param dictionaryCapBytes most uncompressed bytes of a union of dictionaries, unless a source's own is larger; at least 0
 */
public record Settings(
        Threshold threshold,
        long targetBytes,
        long maxRows,
        int pageBytes,
        int pageRows,
        Order order,
        Effort effort,
        Rewrite rewrite,
        OutputForm form,
        Verify verify,
        boolean strict,
        long dictionaryCapBytes) {

    private static final int PAGE_ROWS = 20_000;

    /** Narrow columns compress better and are read faster in larger pages; those of wide ones end with their bytes. */
    private static final int SMALLEST_PAGE_ROWS = 100_000;

    /** Most entries of a dictionary that recoded values get. */
    public static final int MOST_ENTRIES = 1 << 18;

    private static final Settings DEFAULTS = new Settings(
            Threshold.DEFAULT,
            128L << 20,
            1L << 20,
            1 << 20,
            PAGE_ROWS,
            Order.PRESERVE,
            Effort.BALANCED,
            Rewrite.FRAGMENTS,
            OutputForm.DEFAULT,
            Verify.STRUCTURE,
            false,
            1L << 20);

    public Settings {
        atLeast(1, targetBytes, "the target size of a row group");
        atLeast(1, maxRows, "the most rows of a row group");
        atLeast(1, pageBytes, "the size of a page");
        atLeast(1, pageRows, "the most rows of a page");
        atLeast(0, dictionaryCapBytes, "the cap of a union dictionary");
    }

    /**
     * 2 MiB threshold; 128 MiB or 1,048,576 rows a row group; 1 MiB or 20,000 rows a page; order kept; balanced effort;
     * fragments only, in the source's own form. {@link Effort#SMALLEST} has 100,000 rows a page.
     */
    public static Settings defaults() {
        return DEFAULTS;
    }

    /** How pages of merged row groups are compressed: as asked for, else each column's own way, ZSTD for the smallest. */
    public Compression compression() {
        Compression asked = form.compression();
        if (asked != null) {
            return asked;
        }
        return effort == Effort.SMALLEST ? Compression.of(CompressionCodec.ZSTD) : Compression.KEEP;
    }

    /**
     * Most uncompressed bytes of a dictionary that recoded values get: four times the cap of unions, since it is built
     * only where a sample shows that it pays, and no more entries than a small process can hash.
     *
     * @param valueWidth bytes of a value; -1 where they differ
     */
    public int recodedDictionaryBytes(int valueWidth) {
        long bytes = Math.min(dictionaryCapBytes, Integer.MAX_VALUE / 4) * 4;
        return (int) (valueWidth < 0 ? bytes : Math.min(bytes, (long) valueWidth * MOST_ENTRIES));
    }

    /** These settings with another threshold. */
    public Settings withThreshold(Threshold other) {
        return changed(settings -> settings.threshold = other);
    }

    /** These settings with another most of compressed bytes a merged row group. */
    public Settings withTargetBytes(long other) {
        return changed(settings -> settings.targetBytes = other);
    }

    /** These settings with another most of rows a merged row group. */
    public Settings withMaxRows(long other) {
        return changed(settings -> settings.maxRows = other);
    }

    /** These settings with other targets of a written page. */
    public Settings withPages(int otherBytes, int otherRows) {
        return changed(settings -> {
            settings.pageBytes = otherBytes;
            settings.pageRows = otherRows;
        });
    }

    /** These settings with another order. */
    public Settings withOrder(Order other) {
        return changed(settings -> settings.order = other);
    }

    /** These settings with another effort, and its own most of rows a page if they have that of the effort before. */
    public Settings withEffort(Effort other) {
        return changed(settings -> {
            settings.pageRows = pageRows == usualPageRows(effort) ? usualPageRows(other) : pageRows;
            settings.effort = other;
        });
    }

    private static int usualPageRows(Effort effort) {
        return effort == Effort.SMALLEST ? SMALLEST_PAGE_ROWS : PAGE_ROWS;
    }

    /** These settings, other row groups being written again. */
    public Settings withRewrite(Rewrite other) {
        return changed(settings -> settings.rewrite = other);
    }

    /** These settings with another form of written pages. */
    public Settings withForm(OutputForm other) {
        return changed(settings -> settings.form = other);
    }

    /** These settings with another depth of verification. */
    public Settings withVerify(Verify other) {
        return changed(settings -> settings.verify = other);
    }

    /** These settings, strict or not. */
    public Settings withStrict(boolean other) {
        return changed(settings -> settings.strict = other);
    }

    /** These settings with another cap of dictionaries. */
    public Settings withDictionaryCapBytes(long other) {
        return changed(settings -> settings.dictionaryCapBytes = other);
    }

    private static void atLeast(long least, long value, String what) {
        if (value < least) {
            throw new IllegalArgumentException(what + " must be at least " + least + ", not " + value);
        }
    }

    private Settings changed(Consumer<Changes> change) {
        Changes changes = new Changes(this);
        change.accept(changes);
        return changes.settings();
    }

    /** All components, to be changed one by one. */
    private static final class Changes {
        Threshold threshold;
        long targetBytes;
        long maxRows;
        int pageBytes;
        int pageRows;
        Order order;
        Effort effort;
        Rewrite rewrite;
        OutputForm form;
        Verify verify;
        boolean strict;
        long dictionaryCapBytes;

        Changes(Settings from) {
            threshold = from.threshold;
            targetBytes = from.targetBytes;
            maxRows = from.maxRows;
            pageBytes = from.pageBytes;
            pageRows = from.pageRows;
            order = from.order;
            effort = from.effort;
            rewrite = from.rewrite;
            form = from.form;
            verify = from.verify;
            strict = from.strict;
            dictionaryCapBytes = from.dictionaryCapBytes;
        }

        Settings settings() {
            return new Settings(
                    threshold,
                    targetBytes,
                    maxRows,
                    pageBytes,
                    pageRows,
                    order,
                    effort,
                    rewrite,
                    form,
                    verify,
                    strict,
                    dictionaryCapBytes);
        }
    }
}
