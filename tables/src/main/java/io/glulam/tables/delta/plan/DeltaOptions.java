package io.glulam.tables.delta.plan;

import io.glulam.tables.delta.log.TableVersion;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * How a compaction groups files, by the names that users of tables know.
 *
 * @param targetFileBytes size that a new file should have
 * @param smallFileBytes files below this are merged
 * @param minInputFiles files that a group must have
 * @param maxFiles files that are replaced at most
 * @param partialProgress whether groups are committed in several commits
 * @param maxCommits number of commits at most with partial progress
 * @param maxFailedCommits number of commits that may fail with partial progress
 * @param singleWriter whether the caller vouches that no writer commits to the table in S3 without conditional puts
 */
public record DeltaOptions(
        long targetFileBytes,
        long smallFileBytes,
        int minInputFiles,
        int maxFiles,
        boolean partialProgress,
        int maxCommits,
        int maxFailedCommits,
        boolean singleWriter) {
    public static final String SINGLE_WRITER = "single-writer";
    private static final String TARGET = "target-file-size-bytes";
    private static final String SMALL = "min-file-size-bytes";
    private static final String MIN_INPUTS = "min-input-files";
    private static final String MAX_FILES = "max-files-to-rewrite";
    private static final String PARTIAL = "partial-progress.enabled";
    private static final String MAX_COMMITS = "partial-progress.max-commits";
    private static final String MAX_COMMITS_TOO = "max-commits";
    private static final String MAX_FAILED = "partial-progress.max-failed-commits";
    private static final int DEFAULT_COMMITS = 10;
    private static final Set<String> KNOWN = new TreeSet<>(Set.of(
            TARGET, SMALL, MIN_INPUTS, MAX_FILES, PARTIAL, MAX_COMMITS, MAX_COMMITS_TOO, MAX_FAILED, SINGLE_WRITER));

    private static final String TARGET_PROPERTY = "delta.targetFileSize";
    private static final long DEFAULT_TARGET = 512L << 20;

    /**
     * Reads options.
     *
     * @throws IllegalArgumentException with a sentence for people, if a name or a value is unknown
     */
    public static DeltaOptions of(Map<String, String> options, TableVersion version) {
        Set<String> unknown = new TreeSet<>(options.keySet());
        unknown.removeAll(KNOWN);
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("a compaction of a Delta table has no option "
                    + String.join(", ", unknown) + "; it has " + String.join(", ", KNOWN));
        }
        long target = positive(options, TARGET, targetOf(version));
        long small = positive(options, SMALL, Math.max(1, target / 4 * 3));
        if (small > target) {
            throw new IllegalArgumentException(SMALL + " is larger than " + TARGET);
        }
        long commits = positive(options, MAX_COMMITS, positive(options, MAX_COMMITS_TOO, DEFAULT_COMMITS));
        return new DeltaOptions(
                target,
                small,
                (int) Math.min(Integer.MAX_VALUE, positive(options, MIN_INPUTS, 2)),
                (int) Math.min(Integer.MAX_VALUE, positive(options, MAX_FILES, Integer.MAX_VALUE)),
                Boolean.parseBoolean(options.get(PARTIAL)),
                (int) Math.min(Integer.MAX_VALUE, commits),
                (int) Math.min(
                        Integer.MAX_VALUE,
                        "0".equals(options.get(MAX_FAILED)) ? 0 : positive(options, MAX_FAILED, commits)),
                Boolean.parseBoolean(options.get(SINGLE_WRITER)));
    }

    /** The property may be a number of bytes, or have a unit, which is left to Delta's own writers. */
    private static long targetOf(TableVersion version) {
        String property = version.properties().get(TARGET_PROPERTY);
        return property != null && property.matches("[1-9][0-9]{0,17}") ? Long.parseLong(property) : DEFAULT_TARGET;
    }

    private static long positive(Map<String, String> options, String name, long otherwise) {
        String text = options.get(name);
        if (text == null) {
            return otherwise;
        }
        if (!text.matches("[1-9][0-9]{0,17}")) {
            throw new IllegalArgumentException(name + " is '" + text + "', not a number above 0");
        }
        return Long.parseLong(text);
    }
}
