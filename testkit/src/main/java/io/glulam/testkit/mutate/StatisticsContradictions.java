package io.glulam.testkit.mutate;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.parquet.format.SizeStatistics;
import org.apache.parquet.format.Statistics;

/** Statistics and size statistics that tell of other nulls, bounds, values and rows than a chunk has. */
final class StatisticsContradictions {
    private final ContradictionList list;

    private StatisticsContradictions(ContradictionList list) {
        this.list = list;
    }

    /** Adds all of them. */
    static void addTo(ContradictionList list) {
        StatisticsContradictions contradictions = new StatisticsContradictions(list);
        contradictions.nullCounts();
        contradictions.bounds();
        contradictions.deprecatedBounds();
        contradictions.exactBoundsAndCounts();
        contradictions.sizes();
    }

    private void stats(String name, ContradictionList.Change<Statistics> change) {
        list.entry("statistics: " + name, (entry, random) -> {
            if (entry.isSetStatistics()) {
                change.in(entry.getStatistics(), random);
            }
        });
    }

    private void size(String name, ContradictionList.Change<SizeStatistics> change) {
        list.add("size statistics: " + name, (chunk, random) -> {
            Consumer<SizeStatistics> seeded = ContradictionList.seeded(change, random);
            chunk.withSizeStatistics()
                    .tamper(entry -> seeded.accept(entry.getMeta_data().getSize_statistics()));
        });
    }

    private void nullCounts() {
        stats("no nulls", (statistics, random) -> statistics.setNull_count(0));
        stats("a null too many", (statistics, random) -> statistics.setNull_count(statistics.getNull_count() + 1));
        stats(
                "a null too few",
                (statistics, random) -> statistics.setNull_count(Math.max(0, statistics.getNull_count() - 1)));
        list.entry("statistics: all null, with bounds", (entry, random) -> {
            if (entry.isSetStatistics()) {
                entry.getStatistics().setNull_count(entry.getNum_values());
            }
        });
        list.entry(
                "statistics: all null, without bounds",
                (entry, random) -> entry.setStatistics(new Statistics().setNull_count(entry.getNum_values())));
    }

    private void bounds() {
        stats("a maximum that is the minimum", (statistics, random) -> {
            if (statistics.isSetMin_value()) {
                statistics.setMax_value(statistics.getMin_value());
            }
        });
        stats("a minimum that is the maximum", (statistics, random) -> {
            if (statistics.isSetMax_value()) {
                statistics.setMin_value(statistics.getMax_value());
            }
        });
        stats("only a minimum, which is the maximum", (statistics, random) -> {
            if (statistics.isSetMax_value()) {
                statistics.setMin_value(statistics.getMax_value());
                statistics.unsetMax_value();
            }
        });
        stats("only a maximum, which is the minimum", (statistics, random) -> {
            if (statistics.isSetMin_value()) {
                statistics.setMax_value(statistics.getMin_value());
                statistics.unsetMin_value();
            }
        });
    }

    private void deprecatedBounds() {
        stats("the deprecated maximum is the minimum, and there is no other", (statistics, random) -> {
            if (statistics.isSetMin_value()) {
                statistics.setMin(statistics.getMin_value()).setMax(statistics.getMin_value());
                statistics.unsetMin_value();
                statistics.unsetMax_value();
            }
        });
        stats("the deprecated bounds are right, the others the maximum", (statistics, random) -> {
            if (statistics.isSetMin_value()) {
                statistics.setMin(statistics.getMin_value()).setMax(statistics.getMax_value());
                statistics.setMin_value(statistics.getMax_value());
            }
        });
        stats("the deprecated bounds are the maximum, the others right", (statistics, random) -> {
            if (statistics.isSetMax_value()) {
                statistics.setMin(statistics.getMax_value()).setMax(statistics.getMax_value());
            }
        });
        stats("one bound is deprecated, the other not", (statistics, random) -> {
            if (statistics.isSetMin_value()) {
                statistics.setMin(statistics.getMax_value());
                statistics.unsetMin_value();
            }
        });
    }

    private void exactBoundsAndCounts() {
        stats("a bound of other bytes", (statistics, random) -> {
            if (statistics.isSetMax_value() && statistics.getMax_value().length > 0) {
                byte[] other = statistics.getMax_value().clone();
                other[random.nextInt(other.length)] ^= (byte) (1 << random.nextInt(8));
                statistics.setMax_value(other);
            }
        });
        stats("exact, a maximum that is the minimum", (statistics, random) -> {
            if (statistics.isSetMin_value()) {
                statistics.setMax_value(statistics.getMin_value());
                statistics.setIs_max_value_exact(true).setIs_min_value_exact(true);
            }
        });
        stats("not exact, a maximum that is the minimum", (statistics, random) -> {
            if (statistics.isSetMin_value()) {
                statistics.setMax_value(statistics.getMin_value());
                statistics.setIs_max_value_exact(false).setIs_min_value_exact(false);
            }
        });
        stats("one distinct value", (statistics, random) -> statistics.setDistinct_count(1));
        stats("NaNs", (statistics, random) -> statistics.setNan_count(1 + random.nextInt(3)));
    }

    private void sizes() {
        size("a null too many", (sizes, random) -> definition(sizes, 0, -1, 1));
        size("a null too few", (sizes, random) -> definition(sizes, -1, 0, 1));
        size("a value too many", (sizes, random) -> definition(sizes, -1, -1, 0));
        size("a row too many", (sizes, random) -> repetition(sizes, 0, -1));
        size("a row too few", (sizes, random) -> repetition(sizes, -1, 0));
        size("other bytes", (sizes, random) -> sizes.setUnencoded_byte_array_data_bytes(random.nextInt(50)));
    }

    private static void definition(SizeStatistics sizes, int up, int down, int less) {
        if (sizes.isSetDefinition_level_histogram()) {
            sizes.setDefinition_level_histogram(levels(sizes.getDefinition_level_histogram(), up, down, less));
        }
    }

    private static void repetition(SizeStatistics sizes, int up, int down) {
        if (sizes.isSetRepetition_level_histogram()) {
            sizes.setRepetition_level_histogram(levels(sizes.getRepetition_level_histogram(), up, down, 1));
        }
    }

    /** One more of one level and, if {@code less} is 1, one fewer of another; -1 is the last level. */
    private static List<Long> levels(List<Long> histogram, int up, int down, int less) {
        List<Long> changed = new ArrayList<>(histogram);
        Tampering.more(changed, up < 0 ? changed.size() - 1 : up, 1);
        Tampering.more(changed, down < 0 ? changed.size() - 1 : down, -less);
        return changed;
    }
}
