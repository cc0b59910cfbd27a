package io.glulam.fuzz;

import io.glulam.CompactionReport;
import io.glulam.error.GlulamException;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** How compactions of this process ended; printed when it ends. */
final class Tally {
    private static final Map<String, Integer> COUNTS = new ConcurrentHashMap<>();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> System.err.println(text())));
    }

    private Tally() {}

    static void count(Compaction compaction) {
        GlulamException refusal = compaction.refusal();
        CompactionReport report = compaction.report();
        if (refusal != null) {
            count("refused: " + refusal.getClass().getSimpleName());
        } else if (report != null) {
            count(report.plan().isEmpty() ? "nothing to do" : "compacted");
        }
    }

    static void count(String what) {
        COUNTS.merge(what, 1, Integer::sum);
    }

    static String text() {
        return "outcomes " + new TreeMap<>(COUNTS);
    }
}
