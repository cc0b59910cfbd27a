package io.glulam.tables.iceberg.plan;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.util.PropertyUtil;

/**
 * The options of a compaction, by the names of Iceberg's {@code rewrite_data_files}.
 *
 * @param targetBytes size that outputs aim at
 * @param minBytes files that are smaller are merged
 * @param maxBytes files that are larger are not touched unless their row groups are too small
 * @param minInputFiles number of files in a group from which on it is merged
 * @param maxGroupBytes bytes of a group at most
 * @param maxGroupFiles number of files of a group at most
 * @param rewriteAll whether all files are merged
 * @param partialProgress whether groups are committed in several commits
 * @param maxCommits number of commits at most with partial progress
 * @param maxFailedCommits number of commits that may fail with partial progress
 * @param maxFiles number of files that are merged at most
 * @param order the order in which outputs are written
 */
public record RewriteOptions(
        long targetBytes,
        long minBytes,
        long maxBytes,
        int minInputFiles,
        long maxGroupBytes,
        long maxGroupFiles,
        boolean rewriteAll,
        boolean partialProgress,
        int maxCommits,
        int maxFailedCommits,
        long maxFiles,
        JobOrder order) {
    private static final double MIN_RATIO = 0.75;
    private static final double MAX_RATIO = 1.80;
    private static final int MIN_INPUT_FILES = 5;
    private static final long MAX_GROUP_BYTES = 100L << 30;
    private static final int MAX_COMMITS = 10;

    private static final Set<String> KNOWN = Set.of(
            "target-file-size-bytes",
            "min-file-size-bytes",
            "max-file-size-bytes",
            "min-input-files",
            "rewrite-all",
            "max-file-group-size-bytes",
            "max-file-group-input-files",
            "max-concurrent-file-group-rewrites",
            "partial-progress.enabled",
            "partial-progress.max-commits",
            "partial-progress.max-failed-commits",
            "max-commits",
            "max-files-to-rewrite",
            "rewrite-job-order",
            "use-starting-sequence-number");

    /** Options of {@code rewrite_data_files} that ask for what moving bytes cannot do. */
    private static final Map<String, String> REFUSED = Map.of(
            "delete-file-threshold", "files to which deletes apply are left as they are",
            "delete-ratio-threshold", "files to which deletes apply are left as they are",
            "remove-dangling-deletes", "delete files are left as they are",
            "output-spec-id", "each file keeps its partition spec",
            "compression-factor", "rows are not sorted",
            "shuffle-partitions-per-file", "rows are not sorted");

    /** The order in which outputs are written. */
    public enum JobOrder {
        NONE,
        BYTES_ASC,
        BYTES_DESC,
        FILES_ASC,
        FILES_DESC
    }

    /**
     * Reads options.
     *
     * @param properties of the table, which set the default size
     * @throws IllegalArgumentException with a sentence for people, if one is not known or cannot be meant
     */
    public static RewriteOptions of(Map<String, String> options, Map<String, String> properties) {
        for (String name : new TreeSet<>(options.keySet())) {
            String why = REFUSED.get(name);
            if (why != null) {
                throw new IllegalArgumentException("the option " + name + " is not supported: " + why);
            }
            if (!KNOWN.contains(name)) {
                throw new IllegalArgumentException(
                        "there is no option " + name + "; known are " + String.join(", ", new TreeSet<>(KNOWN)));
            }
        }
        Numbers numbers = new Numbers(options);
        long target = numbers.positive(
                "target-file-size-bytes",
                PropertyUtil.propertyAsLong(
                        properties,
                        TableProperties.WRITE_TARGET_FILE_SIZE_BYTES,
                        TableProperties.WRITE_TARGET_FILE_SIZE_BYTES_DEFAULT));
        long min = numbers.atLeast("min-file-size-bytes", (long) (target * MIN_RATIO), 0);
        long max = numbers.positive("max-file-size-bytes", (long) (target * MAX_RATIO));
        if (min >= target || target >= max) {
            throw new IllegalArgumentException("target-file-size-bytes (" + target + ") must lie between"
                    + " min-file-size-bytes (" + min + ") and max-file-size-bytes (" + max + ")");
        }
        if (!numbers.flag("use-starting-sequence-number", true)) {
            throw new IllegalArgumentException("use-starting-sequence-number must be true: otherwise deletes that are"
                    + " written meanwhile would not apply to the new files");
        }
        numbers.positive(
                "max-concurrent-file-group-rewrites", 1); // Groups are written in turn, by several threads each.
        int commits = (int) Math.min(
                Integer.MAX_VALUE,
                numbers.positive("partial-progress.max-commits", numbers.positive("max-commits", MAX_COMMITS)));
        return new RewriteOptions(
                target,
                min,
                max,
                (int) Math.min(Integer.MAX_VALUE, numbers.positive("min-input-files", MIN_INPUT_FILES)),
                numbers.positive("max-file-group-size-bytes", MAX_GROUP_BYTES),
                numbers.positive("max-file-group-input-files", Long.MAX_VALUE),
                numbers.flag("rewrite-all", false),
                numbers.flag("partial-progress.enabled", false),
                commits,
                (int) Math.min(Integer.MAX_VALUE, numbers.atLeast("partial-progress.max-failed-commits", commits, 0)),
                numbers.positive("max-files-to-rewrite", Long.MAX_VALUE),
                order(options.getOrDefault("rewrite-job-order", "none")));
    }

    private static JobOrder order(String name) {
        return switch (name) {
            case "none" -> JobOrder.NONE;
            case "bytes-asc" -> JobOrder.BYTES_ASC;
            case "bytes-desc" -> JobOrder.BYTES_DESC;
            case "files-asc" -> JobOrder.FILES_ASC;
            case "files-desc" -> JobOrder.FILES_DESC;
            default ->
                throw new IllegalArgumentException("rewrite-job-order is none, bytes-asc, bytes-desc, files-asc or"
                        + " files-desc, not '" + name + "'");
        };
    }

    /** Options that are numbers or switches. */
    private record Numbers(Map<String, String> options) {
        long positive(String name, long otherwise) {
            return atLeast(name, otherwise, 1);
        }

        long atLeast(String name, long otherwise, long least) {
            String text = options.get(name);
            if (text == null) {
                return otherwise;
            }
            long value;
            try {
                value = Long.parseLong(text.trim());
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(name + " is a whole number, not '" + text + "'", e);
            }
            if (value < least) {
                throw new IllegalArgumentException(name + " is at least " + least + ", not " + text);
            }
            return value;
        }

        boolean flag(String name, boolean otherwise) {
            String text = options.get(name);
            if (text == null) {
                return otherwise;
            }
            return switch (text.trim().toLowerCase(java.util.Locale.ROOT)) {
                case "true" -> true;
                case "false" -> false;
                default -> throw new IllegalArgumentException(name + " is true or false, not '" + text + "'");
            };
        }
    }
}
