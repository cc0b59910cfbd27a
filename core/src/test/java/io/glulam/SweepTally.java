package io.glulam;

import io.glulam.CorpusExpectations.Form;
import io.glulam.error.GlulamException;
import java.util.Map;
import java.util.TreeMap;

/** Counts what became of the corpus's files, for the summary. */
final class SweepTally {
    private final Map<String, Integer> counts = new TreeMap<>();

    void compacted(Form form, CompactionReport report) {
        count(form, report.plan().isEmpty() ? "nothing to do" : "compacted");
        report.columns().forEach(column -> count(form, "columns by " + column.tier() + ", " + column.reason()));
    }

    void refused(Form form, GlulamException refusal) {
        count(form, "refused as " + refusal.getClass().getSimpleName());
    }

    private synchronized void count(Form form, String what) {
        counts.merge(form + ": " + what, 1, Integer::sum);
    }

    @Override
    public synchronized String toString() {
        StringBuilder text = new StringBuilder("Corpus sweep, runs of four settings a file:\n");
        counts.forEach((what, count) -> text.append("  %7d  %s%n".formatted(count, what)));
        return text.toString();
    }
}
