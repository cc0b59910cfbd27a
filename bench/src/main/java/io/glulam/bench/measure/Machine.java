package io.glulam.bench.measure;

import java.lang.management.ManagementFactory;

/** What the figures were measured on. */
public final class Machine {
    private Machine() {}

    /** A clause for the sentence above a table. */
    public static String description() {
        long memory =
                ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                        ? system.getTotalMemorySize()
                        : 0;
        return Numbers.format(
                "%d processors, %d GiB, %s %s, Java %s for the Java contenders",
                Runtime.getRuntime().availableProcessors(),
                Math.round(memory / (1024.0 * 1024 * 1024)),
                System.getProperty("os.name"),
                System.getProperty("os.arch"),
                Runtime.version());
    }

    /** The mean number of runnable processes of the last minute; negative where the system does not tell. */
    public static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }
}
