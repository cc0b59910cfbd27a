package io.glulam.bench.cluster;

import java.util.Locale;

/**
 * Computes what a compaction takes on a cluster: files, tasks, requests, money and time. Prints Markdown; needs nothing but Java:
 * {@code java bench/src/main/java/io/glulam/bench/cluster/ClusterModel.java}. Processor times grow with files, bytes and tasks, each
 * by a constant, which {@code bench/run spark --input spark-model} fits and checks on twice the work; docs/spark.md says which
 * runs these constants come from.
 */
public final class ClusterModel {
    /** Processor time of executors when bytes are moved as they are ({@code copy}). */
    static final Costs MOVED = new Costs("copy", 0.0058, 0.06, 0.015);

    /** Processor time of executors when columns are recoded where that pays ({@code balanced}). */
    static final Costs BALANCED = new Costs("balanced", 0.0012, 19.5, 0.069);

    /** Processor time of the driver; bytes do not pass it. */
    static final Costs DRIVER = new Costs("driver", 0.00011, 0, 0.013);

    /** Processor time that an executor of one core takes more until Java has compiled its code. */
    static final double SECONDS_AN_EXECUTOR = 20;

    /** Assumed, not measured: what a store answers in, what a core gets of the network, what things cost. */
    private static final double SECONDS_A_REQUEST = 0.05;

    private static final double BYTES_A_CORE_SECOND = 60e6;
    private static final int REQUESTS_AT_ONCE = 24;
    private static final double DOLLARS_A_CORE_HOUR = 0.05;
    private static final double DOLLARS_A_MILLION_READS = 0.40;
    private static final double DOLLARS_A_MILLION_WRITES = 5.00;

    /** Objects up to this size are read by one request; new ones are sent in parts of this size. */
    private static final double WHOLE_BYTES = 8 << 20;

    private static final double PART_BYTES = 16 << 20;
    private static final double TARGET_BYTES = 512 << 20;
    private static final double HOUR = 3600;

    private ClusterModel() {}

    /**
     * Processor seconds.
     *
     * @param name of the effort, or {@code driver}
     * @param file of an input: its footer, its column chunks, its entries in manifests
     * @param gigabyte of 10^9 bytes of inputs
     * @param task of a new file: the task itself, samples, plan, footer, verification
     */
    record Costs(String name, double file, double gigabyte, double task) {
        double seconds(Work work) {
            return work.files() * file + work.bytes() / 1e9 * gigabyte + work.tasks() * task;
        }
    }

    /**
     * The work of a compaction.
     *
     * @param bytes of all files
     * @param fileBytes of each file
     */
    record Work(double bytes, double fileBytes) {
        double files() {
            return bytes / fileBytes;
        }

        double tasks() {
            return Math.ceil(bytes / TARGET_BYTES);
        }

        double reads() {
            return files() * Math.max(1, Math.ceil(fileBytes / WHOLE_BYTES));
        }

        /** Parts, the beginning and the end of each upload. */
        double writes() {
            return Math.ceil(bytes / PART_BYTES) + 2 * tasks();
        }

        /** Every byte comes and goes once; requests wait for answers, several at once. */
        double networkSeconds() {
            return 2 * bytes / BYTES_A_CORE_SECOND + (reads() / REQUESTS_AT_ONCE + writes()) * SECONDS_A_REQUEST;
        }

        /** Processor and network of a core take turns; planning and committing come before and after. */
        double seconds(Costs costs, int cores) {
            return DRIVER.seconds(this) + SECONDS_AN_EXECUTOR + (costs.seconds(this) + networkSeconds()) / cores;
        }

        double dollars(Costs costs, int cores) {
            return reads() / 1e6 * DOLLARS_A_MILLION_READS
                    + writes() / 1e6 * DOLLARS_A_MILLION_WRITES
                    + seconds(costs, cores) * cores / HOUR * DOLLARS_A_CORE_HOUR;
        }
    }

    /** Returns the table, Markdown. */
    static String table() {
        StringBuilder table = new StringBuilder(
                "| bytes | files of | files | tasks | requests: reads, writes | effort | core hours | driver"
                        + " | wall at 10 cores | at 100 | at 1,000 | dollars at 100 |\n"
                        + "|---|---|---|---|---|---|---|---|---|---|---|---|\n");
        for (double bytes : new double[] {1e12, 100e12, 1e15}) {
            for (double fileBytes : new double[] {1e6, 8e6}) {
                Work work = new Work(bytes, fileBytes);
                table.append(row(work, MOVED));
                table.append(row(work, BALANCED));
            }
        }
        return table.toString();
    }

    private static String row(Work work, Costs costs) {
        return String.format(
                Locale.ROOT,
                "| %,.0f TB | %.0f MB | %,.0f | %,.0f | %.1f M, %.1f M | %s | %,.0f | %s | %s | %s | %s | %,.0f |%n",
                work.bytes() / 1e12,
                work.fileBytes() / 1e6,
                work.files(),
                work.tasks(),
                work.reads() / 1e6,
                work.writes() / 1e6,
                costs.name(),
                (costs.seconds(work) + work.networkSeconds()) / HOUR,
                time(DRIVER.seconds(work)),
                time(work.seconds(costs, 10)),
                time(work.seconds(costs, 100)),
                time(work.seconds(costs, 1000)),
                work.dollars(costs, 100));
    }

    private static String time(double seconds) {
        double hours = seconds / HOUR;
        if (hours >= 48) {
            return String.format(Locale.ROOT, "%,.1f days", hours / 24);
        }
        return hours >= 1
                ? String.format(Locale.ROOT, "%.1f h", hours)
                : String.format(Locale.ROOT, "%.0f min", Math.max(1, seconds / 60));
    }

    /** Prints the table. */
    public static void main(String[] arguments) {
        System.out.print(table());
    }
}
