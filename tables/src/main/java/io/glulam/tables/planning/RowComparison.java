package io.glulam.tables.planning;

import io.glulam.CompactionOptions;
import io.glulam.FileVerifier;
import io.glulam.ShapedMerge;
import io.glulam.ShapedMerger;
import io.glulam.compare.Difference;
import io.glulam.error.Place;
import io.glulam.error.StorageFailed;
import io.glulam.local.LocalStore;
import io.glulam.shape.ShapedInput;
import io.glulam.shape.TargetShape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Compares the rows of two lists of files: merges each list into a temporary file of one shape. */
public final class RowComparison {
    private RowComparison() {}

    /**
     * Returns the first difference.
     *
     * @param before files whose rows come one after the other
     * @param options whose folder for temporary files is used
     */
    public static Optional<Difference> firstDifference(
            List<ShapedInput> before, List<ShapedInput> after, TargetShape shape, CompactionOptions options) {
        Path folder = temporary(options);
        try {
            Path left = merged(before, shape, folder.resolve("before.parquet"), options);
            Path right = merged(after, shape, folder.resolve("after.parquet"), options);
            return FileVerifier.firstDifference(left, right, options);
        } finally {
            for (String name : List.of("before.parquet", "after.parquet", "")) {
                folder.resolve(name).toFile().delete();
            }
        }
    }

    private static Path temporary(CompactionOptions options) {
        Path parent = options.temporaryFolder();
        try {
            return parent == null
                    ? Files.createTempDirectory("glulam-verify-")
                    : Files.createTempDirectory(parent, "glulam-verify-");
        } catch (IOException e) {
            throw new StorageFailed(Place.UNKNOWN, "no temporary folder can be made", null, false, e);
        }
    }

    private static Path merged(List<ShapedInput> files, TargetShape shape, Path target, CompactionOptions options) {
        new ShapedMerger(options).write(new ShapedMerge(files, shape, LocalStore.object(target)));
        return target;
    }
}
