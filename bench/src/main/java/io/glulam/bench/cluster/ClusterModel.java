package io.glulam.bench.cluster;

import java.util.Locale;

/**
 * What a compaction takes on a cluster: files, tasks, requests, money and time. Prints Markdown; needs nothing but Java:
 * {@code java bench/src/main/java/io/glulam/bench/cluster/ClusterModel.java}. Processor times grow with files, bytes and tasks, each
 * by a constant; {@code ClusterConstants} in {@code spark}'s tests measures them and checks them on twice the work.
 */
public final class ClusterModel {
    /** A file of the input: planning, opening, footer, its entry in the commit. */
    static final double SECONDS_A_FILE = 0.0012;

    /** 10^9 bytes that are moved as they are ({@code copy}), and those of which columns are recoded ({@code balanced}). */
    static final double SECONDS_A_GB_MOVED = 1.9;

    static final double SECONDS_A_GB_BALANCED = 19.5;

    /** A new file: the task itself, samples, plan, footer, verification. */
    static final double SECONDS_A_TASK = 0.069;

    /** The driver at most: all that the threads of tasks did not take. Part of the seconds above as well, so counted twice. */
    static final double DRIVER_SECONDS_A_FILE = 0.0007;

    static final double DRIVER_SECONDS_A_TASK = 0.006;

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

        double executorSeconds(double secondsAGb) {
            return files() * SECONDS_A_FILE + bytes / 1e9 * secondsAGb + tasks() * SECONDS_A_TASK;
        }

        double driverSeconds() {
            return files() * DRIVER_SECONDS_A_FILE + tasks() * DRIVER_SECONDS_A_TASK;
        }

        /** Every byte comes and goes once; requests wait for answers, several at once. */
        double networkSeconds() {
            return 2 * bytes / BYTES_A_CORE_SECOND + (reads() / REQUESTS_AT_ONCE + writes()) * SECONDS_A_REQUEST;
        }

        /** Processor and network of a core take turns; planning and committing come before and after. */
        double seconds(double secondsAGb, int cores) {
            return driverSeconds() + (executorSeconds(secondsAGb) + networkSeconds()) / cores;
        }

        double dollars(double secondsAGb, int cores) {
            return reads() / 1e6 * DOLLARS_A_MILLION_READS
                    + writes() / 1e6 * DOLLARS_A_MILLION_WRITES
                    + seconds(secondsAGb, cores) * cores / HOUR * DOLLARS_A_CORE_HOUR;
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
                table.append(row(work, "copy", SECONDS_A_GB_MOVED));
                table.append(row(work, "balanced", SECONDS_A_GB_BALANCED));
            }
        }
        return table.toString();
    }

    private static String row(Work work, String effort, double secondsAGb) {
        return String.format(
                Locale.ROOT,
                "| %,.0f TB | %.0f MB | %,.0f | %,.0f | %.1f M, %.1f M | %s | %,.0f | %s | %s | %s | %s | %,.0f |%n",
                work.bytes() / 1e12,
                work.fileBytes() / 1e6,
                work.files(),
                work.tasks(),
                work.reads() / 1e6,
                work.writes() / 1e6,
                effort,
                (work.executorSeconds(secondsAGb) + work.networkSeconds()) / HOUR,
                time(work.driverSeconds()),
                time(work.seconds(secondsAGb, 10)),
                time(work.seconds(secondsAGb, 100)),
                time(work.seconds(secondsAGb, 1000)),
                work.dollars(secondsAGb, 100));
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
