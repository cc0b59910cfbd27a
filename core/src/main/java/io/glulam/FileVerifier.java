package io.glulam;

import io.glulam.codec.JvmCodecs;
import io.glulam.compare.ComparedFile;
import io.glulam.compare.Difference;
import io.glulam.compare.FileComparer;
import io.glulam.error.GlulamException;
import io.glulam.error.Remedy;
import io.glulam.error.Unsupported;
import io.glulam.fetch.StagedReader;
import io.glulam.footer.Footer;
import io.glulam.footer.FooterReader;
import io.glulam.local.LocalStore;
import io.glulam.pipeline.ExecutionResources;
import io.glulam.source.SourceFile;
import io.glulam.storage.ObjectRef;
import io.glulam.storage.PartLimits;
import io.glulam.storage.RangeReader;
import java.nio.file.Path;
import java.util.Optional;

/** Tells whether two files hold the same: value by value, bit by bit, null by null, level by level. */
public final class FileVerifier {
    private FileVerifier() {}

    /**
     * Returns the first difference between two files; empty if there is none. How the files are laid out in row groups,
     * pages and encodings is none.
     *
     * @param options of which threads, buffers and progress are used
     * @throws GlulamException if one of the files cannot be read
     */
    public static Optional<Difference> firstDifference(Path left, Path right, CompactionOptions options) {
        return firstDifference(LocalStore.object(left), LocalStore.object(right), options);
    }

    /** As {@link #firstDifference(Path, Path, CompactionOptions)}; objects of stores are fetched whole first. */
    public static Optional<Difference> firstDifference(ObjectRef left, ObjectRef right, CompactionOptions options) {
        try (RangeReader leftReader = open(left, options);
                RangeReader rightReader = open(right, options)) {
            return firstDifference(leftReader, rightReader, options);
        }
    }

    /**
     * The columns are compared in parallel; where a page does not fit a thread's share of the buffers, one after the
     * other.
     */
    private static Optional<Difference> firstDifference(
            RangeReader left, RangeReader right, CompactionOptions options) {
        try {
            return firstDifference(left, right, options, options.threads());
        } catch (Unsupported pageTooLarge) {
            if (options.threads() == 1 || Remedy.buffersOf(pageTooLarge.remedy()) < 0) {
                throw pageTooLarge;
            }
            return firstDifference(left, right, options, 1);
        }
    }

    private static Optional<Difference> firstDifference(
            RangeReader left, RangeReader right, CompactionOptions options, int threads) {
        ComparedFile told = new ComparedProgress(side(left, options, threads), options.progress());
        return new FileComparer(threads).firstDifference(told, side(right, options, threads));
    }

    private static RangeReader open(ObjectRef object, CompactionOptions options) {
        RangeReader reader = object.store().open(object.key());
        if (!reader.isRemote()) {
            return reader;
        }
        ExecutionResources resources = options.resources();
        StagedReader staged = StagedReader.over(reader, resources, PartLimits.NONE);
        try {
            staged.willRead(0, staged.size());
            return staged;
        } catch (GlulamException failure) {
            staged.close();
            throw failure;
        }
    }

    private static ComparedFile side(RangeReader reader, CompactionOptions options, int threads) {
        // Each thread holds a page and a dictionary of both files.
        long share = options.bufferBytes() / threads;
        Footer footer = FooterReader.read(reader, options.bufferBytes());
        return new ComparedLocalFile(SourceFile.of(reader, footer, share, JvmCodecs.INSTANCE));
    }
}
