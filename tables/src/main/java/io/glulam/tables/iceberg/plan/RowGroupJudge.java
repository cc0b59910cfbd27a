package io.glulam.tables.iceberg.plan;

import io.glulam.CompactionOptions;
import io.glulam.Inspection;
import io.glulam.plan.Settings;
import io.glulam.policy.FragmentPolicy;
import io.glulam.policy.LayoutPolicy;
import io.glulam.policy.RowGroupSizes;
import io.glulam.storage.ObjectRef;
import io.glulam.tables.RowGroupJudgment;
import io.glulam.tables.planning.FootersAhead;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.iceberg.DataFile;
import org.jspecify.annotations.Nullable;

/**
 * Judges whether a file's row groups are too small: from its manifest entry, whose {@code split_offsets} are the starts of
 * row groups, and from footers where the entry cannot tell. Not thread-safe.
 */
final class RowGroupJudge {
    private final CompactionOptions options;
    private final Function<String, ObjectRef> objects;
    private final int maxFooters;

    private int judged;
    private int sampled;
    private int unread;
    private long rowGroups;
    private long fragments;

    /**
     * @param objects opens a file by its path
     * @param maxFooters number of footers that are read at most
     */
    RowGroupJudge(CompactionOptions options, Function<String, ObjectRef> objects, int maxFooters) {
        this.options = options;
        this.objects = objects;
        this.maxFooters = maxFooters;
    }

    /** The verdict of an entry about row groups. */
    enum Verdict {
        HEALTHY,
        /** A footer has to tell. */
        UNDECIDED
    }

    /** Counts the row groups of a file whose size decides already. */
    void count(DataFile file) {
        long[] sizes = sizes(file);
        if (sizes != null) {
            judged++;
            add(sizes, FragmentPolicy.threshold(settings(), file.fileSizeInBytes()));
        } else {
            unread++;
        }
    }

    /** Judges a file by its entry. One that seems to have small row groups is undecided: rows are estimated. */
    Verdict byEntry(DataFile file) {
        long[] sizes = sizes(file);
        if (sizes == null
                || !LayoutPolicy.layout(estimated(sizes, file), settings(), file.fileSizeInBytes())
                        .isEmpty()) {
            return Verdict.UNDECIDED;
        }
        judged++;
        add(sizes, FragmentPolicy.threshold(settings(), file.fileSizeInBytes()));
        return Verdict.HEALTHY;
    }

    /** Returns whether so many footers may be read. */
    boolean mayRead(int footers) {
        return footers <= maxFooters;
    }

    /**
     * Judges files by their footers, as far as so many may be read.
     *
     * @param verdict takes each file and whether a compaction of the file alone would merge row groups, false where the footer may
     *     not be read; asking for it throws what reading the footer threw
     */
    void byFooters(List<TableFile> files, BiConsumer<TableFile, Supplier<Boolean>> verdict) {
        int read = Math.min(maxFooters, files.size());
        sampled += read;
        unread += files.size() - read;
        new FootersAhead<TableFile, Inspection>(
                        options, file -> objects.apply(file.file().location()), footer -> footer.inspect(settings()))
                .forEach(files.subList(0, read), (file, found) -> verdict.accept(file, () -> counted(found.get())));
        files.subList(read, files.size()).forEach(file -> verdict.accept(file, () -> false));
    }

    private boolean counted(Inspection inspection) {
        rowGroups += inspection.shape().rowGroups();
        fragments += inspection.shape().fragments();
        return inspection.compactable();
    }

    RowGroupJudgment judgment() {
        return new RowGroupJudgment(judged, sampled, unread, rowGroups, fragments);
    }

    private Settings settings() {
        return options.settings();
    }

    private void add(long[] sizes, long threshold) {
        rowGroups += sizes.length;
        for (long size : sizes) {
            fragments += size < threshold ? 1 : 0;
        }
    }

    /** The distances between offsets; null if the entry has none that can be true. */
    private static long @Nullable [] sizes(DataFile file) {
        List<Long> offsets = file.splitOffsets();
        if (offsets == null || offsets.isEmpty()) {
            return null;
        }
        long[] sizes = new long[offsets.size()];
        for (int i = 0; i < sizes.length; i++) {
            long end = i + 1 < sizes.length ? offsets.get(i + 1) : file.fileSizeInBytes();
            sizes[i] = end - offsets.get(i);
            if (offsets.get(i) < 0 || sizes[i] <= 0) {
                return null;
            }
        }
        return sizes;
    }

    /** Entries tell the rows of a file only: each row group is taken to have its share by size. */
    private static RowGroupSizes estimated(long[] sizes, DataFile file) {
        double perByte = (double) file.recordCount() / Math.max(1, file.fileSizeInBytes());
        return new RowGroupSizes() {
            @Override
            public int count() {
                return sizes.length;
            }

            @Override
            public long rows(int rowGroup) {
                return Math.max(1, (long) (sizes[rowGroup] * perByte));
            }

            @Override
            public long compressedSize(int rowGroup) {
                return sizes[rowGroup];
            }
        };
    }
}
