package io.glulam.spark;

import io.glulam.FolderMerger;
import io.glulam.MergeOptions;
import io.glulam.MergePreview;
import io.glulam.SpreadReport;
import io.glulam.TableFormats;
import io.glulam.inputs.FoundInputs;
import io.glulam.inputs.InputFilter;
import io.glulam.inputs.InputFinder;
import io.glulam.s3.S3Store;
import io.glulam.s3.S3Uri;
import io.glulam.spark.files.StoreAccess;
import io.glulam.spark.task.SparkMergeRunner;
import io.glulam.spark.task.TaskSettings;
import io.glulam.storage.ObjectRef;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.SparkSession;

/**
 * Merges plain Parquet files into a folder, folder by folder: the driver finds, groups, publishes and records them, executors
 * move bytes, one task for each new file. Each run adds what is new. Used once; not thread-safe.
 */
public final class GlulamMerge {
    private final SparkSession spark;
    private final String source;
    private final String target;
    private final Map<String, String> options = new HashMap<>();
    private String effort = "balanced";

    GlulamMerge(SparkSession spark, String source, String target) {
        this.spark = spark;
        this.source = source;
        this.target = target;
    }

    /** Says how far to go: {@code copy}, {@code balanced} or {@code smallest}. */
    public GlulamMerge effort(String name) {
        effort = name;
        return this;
    }

    public GlulamMerge option(String name, String value) {
        options.put(name, value);
        return this;
    }

    public GlulamMerge options(Map<String, String> more) {
        options.putAll(more);
        return this;
    }

    /** Shows what {@link #execute} would do. The driver reads what it needs; nothing is written. */
    public MergePreview plan() {
        Run run = run();
        return new FolderMerger(run.arguments().options(), run.folder()).preview(run.found());
    }

    /**
     * Runs.
     *
     * @throws IllegalArgumentException with a sentence for people, if an option cannot be meant
     * @throws io.glulam.error.GlulamException if it refuses or fails; outputs that were published before stay, and the next
     *     run goes on after them
     */
    public SpreadReport execute() {
        Run run = run();
        SparkMergeRunner runner =
                new SparkMergeRunner(spark.sparkContext(), run.settings(), run.access(), run.target());
        return new FolderMerger(run.arguments().options(), run.folder()).merge(run.found(), runner);
    }

    private record Run(
            TaskSettings settings,
            StoreAccess access,
            String target,
            ObjectRef folder,
            MergeArguments arguments,
            FoundInputs found) {}

    private Run run() {
        SparkContext context = spark.sparkContext();
        TaskSettings settings = TaskSettings.of(context, effort);
        MergeArguments arguments =
                MergeArguments.of(options, MergeOptions.defaults().withCompaction(settings.compaction()));
        String from = StoreAccess.normal(source, settings.pathsAreLocal());
        String to = withSlash(StoreAccess.normal(target, settings.pathsAreLocal()));
        StoreAccess access = StoreAccess.of(context.hadoopConfiguration(), from, to);
        ObjectRef any = access.object(to + "any");
        ObjectRef folder = any.sibling(any.key().substring(0, any.key().lastIndexOf('/') + 1));
        return new Run(settings, access, to, folder, arguments, found(from, access, arguments));
    }

    private static FoundInputs found(String from, StoreAccess access, MergeArguments arguments) {
        Instant newest = arguments.age() == null ? null : Instant.now().minus(arguments.age());
        InputFinder finder =
                new InputFinder(new InputFilter(newest, arguments.maxInputBytes()), TableFormats::folderOf);
        String pattern = isPattern(from) && from.endsWith("/") ? from + "**" : from;
        if (S3Uri.isOne(pattern)) {
            S3Uri uri = S3Uri.parse(pattern);
            S3Store store = access.stores(pattern).store(uri);
            finder.addStored(store, store, uri.key());
        } else {
            finder.add(pattern);
        }
        return finder.found();
    }

    private static boolean isPattern(String location) {
        return location.indexOf('*') >= 0 || location.indexOf('?') >= 0;
    }

    private static String withSlash(String location) {
        return location.endsWith("/") ? location : location + "/";
    }
}
