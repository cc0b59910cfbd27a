package io.glulam.bench.tables;

import io.glulam.bench.measure.Numbers;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Lines of a report: what contenders took for one table, the first of them beside each other. */
final class TurnsTable {
    private static final String NONE = "–";

    private final StringBuilder text = new StringBuilder();
    private List<Times> ownCold = List.of();
    private List<Times> ownWarm = List.of();

    /** @param size number and bytes of the table's files */
    TurnsTable(String title, List<String> size) {
        text.append(Numbers.format(
                "| %s: %s files, %s | cold: wall | processor | ÷ glulam | warm: wall | processor | ÷ glulam | becomes"
                        + " | peak memory |%n",
                title, size.get(0), mebibytes(size)));
        text.append("|---|---|---|---|---|---|---|---|---|\n");
    }

    /**
     * Adds a contender.
     *
     * @param size number and bytes of the files that it made
     * @param peakResident of its cold process, in bytes; 0 if it was not looked at
     */
    TurnsTable with(String name, List<Times> cold, List<Times> warm, List<String> size, long peakResident) {
        ownCold = ownCold.isEmpty() ? cold : ownCold;
        ownWarm = ownWarm.isEmpty() ? warm : ownWarm;
        text.append(Numbers.format(
                "| %s | %s | %s | %s files, %s | %s |%n",
                name,
                cells(cold, ownCold),
                cells(warm, ownWarm),
                size.get(0),
                mebibytes(size),
                peakResident == 0 ? NONE : Numbers.mebibytes(peakResident)));
        return this;
    }

    String text() {
        return text.toString();
    }

    private static String cells(List<Times> times, List<Times> own) {
        return Numbers.format(
                "%.2f s | %.2f s | %.1f / %.1f",
                median(times, Times::seconds),
                median(times, Times::processorSeconds),
                ratio(times, own, Times::seconds),
                ratio(times, own, Times::processorSeconds));
    }

    private static double median(List<Times> times, ToDoubleFunction<Times> value) {
        return Numbers.median(times.stream().mapToDouble(value).toArray());
    }

    private static double ratio(List<Times> times, List<Times> own, ToDoubleFunction<Times> value) {
        return Numbers.ratio(
                times.stream().mapToDouble(value).toArray(),
                own.stream().mapToDouble(value).toArray());
    }

    private static String mebibytes(List<String> size) {
        return Numbers.mebibytes(Long.parseLong(size.get(1)));
    }
}
