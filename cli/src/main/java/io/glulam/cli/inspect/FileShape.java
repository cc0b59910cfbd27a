package io.glulam.cli.inspect;

import io.glulam.CompactionOptions;
import io.glulam.OpenedFooter;
import io.glulam.footer.Footer;
import io.glulam.plan.Settings;
import io.glulam.policy.FragmentPolicy;
import io.glulam.storage.StoredObject;

/**
 * A file as its footer describes it. Close it when nothing of it is needed any more.
 *
 * @param name the file's or object's
 * @param opened its footer, open
 * @param threshold bytes under which its row groups are fragments
 * @param sizes compressed bytes of its row groups, in file order
 */
@SuppressWarnings("ArrayRecordComponent")
public record FileShape(String name, OpenedFooter opened, long threshold, long[] sizes) implements AutoCloseable {
    /**
     * Reads a footer.
     *
     * @throws io.glulam.error.GlulamException if it cannot be read, or is no Parquet file
     */
    public static FileShape read(StoredObject object, Settings settings) {
        OpenedFooter opened = OpenedFooter.of(object, CompactionOptions.defaults());
        long[] sizes = new long[opened.footer().rowGroupCount()];
        for (int i = 0; i < sizes.length; i++) {
            sizes[i] = opened.footer().compressedSize(i);
        }
        return new FileShape(object.name(), opened, FragmentPolicy.threshold(settings, opened.size()), sizes);
    }

    /** Its size. */
    public long bytes() {
        return opened.size();
    }

    public Footer footer() {
        return opened.footer();
    }

    @Override
    public void close() {
        opened.close();
    }

    /** Bytes of all row groups. */
    public long rowGroupBytes() {
        long sum = 0;
        for (long size : sizes) {
            sum += size;
        }
        return sum;
    }

    /** Whether that row group is a fragment. */
    public boolean isFragment(int rowGroup) {
        return sizes[rowGroup] < threshold;
    }

    /** How many row groups are fragments. */
    public int fragments() {
        int count = 0;
        for (int i = 0; i < sizes.length; i++) {
            count += isFragment(i) ? 1 : 0;
        }
        return count;
    }

    /** Compressed bytes of the fragments. */
    public long fragmentBytes() {
        long sum = 0;
        for (long size : sizes) {
            sum += size < threshold ? size : 0;
        }
        return sum;
    }

    /** Share of the row groups' bytes that lie in fragments, 0 to 1; 0 if there are none. */
    public double fragmentedShare() {
        long all = rowGroupBytes();
        return all == 0 ? 0 : (double) fragmentBytes() / all;
    }
}
