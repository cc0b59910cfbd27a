package io.glulam;

import io.glulam.footer.Footer;
import io.glulam.plan.Settings;
import io.glulam.policy.FragmentPolicy;

/**
 * A file's size and layout, as its footer gives them.
 *
 * @param bytes of the file
 * @param footerBytes of the footer, with its length and magic
 * @param rows of all row groups
 * @param columns leaf columns
 * @param threshold bytes under which a row group is a fragment
 * @param rowGroupSizes compressed bytes of the row groups, in file order; not to be changed
 */
@SuppressWarnings("ArrayRecordComponent")
public record FileShape(long bytes, long footerBytes, long rows, int columns, long threshold, long[] rowGroupSizes) {
    /** The footer's length and magic. */
    private static final int TRAILER_BYTES = 8;

    static FileShape of(Footer footer, long bytes, Settings settings) {
        long[] sizes = new long[footer.rowGroupCount()];
        for (int i = 0; i < sizes.length; i++) {
            sizes[i] = footer.compressedSize(i);
        }
        return new FileShape(
                bytes,
                footer.bytes().length() + TRAILER_BYTES,
                footer.rowCount(),
                footer.schema().leaves().size(),
                FragmentPolicy.threshold(settings, bytes),
                sizes);
    }

    /** Returns the same shape of a file, or of several together, of another size. */
    FileShape withBytes(long other) {
        return new FileShape(other, footerBytes, rows, columns, threshold, rowGroupSizes);
    }

    /** Returns the number of row groups. */
    public int rowGroups() {
        return rowGroupSizes.length;
    }

    /** Returns whether a row group is a fragment. */
    public boolean isFragment(int rowGroup) {
        return rowGroupSizes[rowGroup] < threshold;
    }

    /** Returns the number of fragments. */
    public int fragments() {
        int count = 0;
        for (int i = 0; i < rowGroupSizes.length; i++) {
            count += isFragment(i) ? 1 : 0;
        }
        return count;
    }

    /** Returns the compressed bytes of all row groups. */
    public long rowGroupBytes() {
        long sum = 0;
        for (long size : rowGroupSizes) {
            sum += size;
        }
        return sum;
    }

    /** Returns the compressed bytes of the fragments. */
    public long fragmentBytes() {
        long sum = 0;
        for (long size : rowGroupSizes) {
            sum += size < threshold ? size : 0;
        }
        return sum;
    }

    /** Returns the fragments' share of the row groups' bytes, 0 to 1; 0 if there are no bytes. */
    public double fragmentedShare() {
        long all = rowGroupBytes();
        return all == 0 ? 0 : (double) fragmentBytes() / all;
    }
}
