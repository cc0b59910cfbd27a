package io.glulam.spark.task;

import io.glulam.CompactionOptions;
import io.glulam.plan.Effort;
import io.glulam.plan.Settings;
import java.io.File;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.Locale;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkEnv;

/**
 * The settings that every task of a run gets.
 *
 * @param effort how far to go, by its name
 * @param memory bytes that a task may take: half for buffers of the heap, a quarter for other objects, a quarter off the heap
 * @param pathsAreLocal whether a location without a scheme lies in the local file system
 * @param maxAttempts attempts at a task after which Spark gives up
 * @param speculation whether Spark may run a task twice at once
 */
public record TaskSettings(String effort, long memory, boolean pathsAreLocal, int maxAttempts, boolean speculation)
        implements Serializable {
    /** Spark's setting for the bytes that a task may take. */
    public static final String MEMORY = "spark.glulam.task.memory";

    private static final long MIB = 1L << 20;
    private static final long MIN_BYTES = 32 * MIB;
    private static final long USUAL = 64 * MIB;
    private static final long USUAL_SMALLEST = 256 * MIB;
    private static final int USUAL_ATTEMPTS = 4;

    public TaskSettings {
        Effort.valueOf(effort);
    }

    /**
     * Reads the settings of a session.
     *
     * @param effort {@code copy}, {@code balanced} or {@code smallest}
     * @throws IllegalArgumentException with a sentence for people, if one cannot be meant
     */
    public static TaskSettings of(SparkContext context, String effort) {
        SparkConf conf = context.conf();
        String name = effort.toUpperCase(Locale.ROOT);
        if (!name.equals("COPY") && !name.equals("BALANCED") && !name.equals("SMALLEST")) {
            throw new IllegalArgumentException("effort is copy, balanced or smallest, not '" + effort + "'");
        }
        long usual = name.equals("SMALLEST") ? USUAL_SMALLEST : USUAL;
        long memory = conf.getSizeAsBytes(MEMORY, usual + "b");
        if (memory < MIN_BYTES) {
            throw new IllegalArgumentException(MEMORY + " is at least 32m, not " + conf.get(MEMORY));
        }
        String files = context.hadoopConfiguration().get("fs.defaultFS", "file:///");
        boolean inProcess =
                context.master().startsWith("local") && !context.master().startsWith("local-cluster");
        return new TaskSettings(
                name,
                memory,
                files.startsWith("file:"),
                inProcess ? 1 : conf.getInt("spark.task.maxFailures", USUAL_ATTEMPTS),
                conf.getBoolean("spark.speculation", false));
    }

    /** Returns how a task merges, but for what its table's properties say. */
    public CompactionOptions compaction() {
        return CompactionOptions.defaults()
                .withSettings(Settings.defaults().withEffort(Effort.valueOf(effort)))
                .withThreads(1)
                .withBufferBytes(memory / 2);
    }

    /** Returns the same with temporary files where Spark's executor has its own. */
    CompactionOptions onExecutor() {
        SparkEnv env = SparkEnv.get();
        File[] folders = env == null
                ? new File[0]
                : env.blockManager().diskBlockManager().localDirs();
        Path folder = folders.length == 0 ? null : folders[0].toPath();
        return compaction().withTemporaryFolder(folder);
    }
}
