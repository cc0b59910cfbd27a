package io.glulam.testkit.mutate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.ObjIntConsumer;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.SizeStatistics;
import org.apache.parquet.format.Statistics;
import org.apache.parquet.format.Type;

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
        contradictions.cutBounds();
        contradictions.zerosAndNaNs();
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
        stats("a negative number of nulls", (statistics, random) -> statistics.setNull_count(-1));
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
        stats("more distinct values than values", (statistics, random) -> statistics.setDistinct_count(1L << 40));
        stats("NaNs", (statistics, random) -> statistics.setNan_count(1 + random.nextInt(3)));
    }

    /** Bounds of byte strings, which a writer may cut if it says so by {@code is_max_value_exact} and its sibling. */
    private void cutBounds() {
        list.entry("statistics: a maximum that is cut, and not raised", (entry, random) -> {
            if (isBytes(entry) && entry.getStatistics().isSetMax_value()) {
                byte[] max = entry.getStatistics().getMax_value();
                entry.getStatistics().setMax_value(Arrays.copyOf(max, Math.max(1, max.length - 1)));
                setExact(entry.getStatistics(), random.nextInt(3));
            }
        });
        list.entry("statistics: a minimum that is cut and called exact", (entry, random) -> {
            if (isBytes(entry) && entry.getStatistics().isSetMin_value()) {
                byte[] min = entry.getStatistics().getMin_value();
                entry.getStatistics().setMin_value(Arrays.copyOf(min, Math.max(1, min.length - 1)));
                setExact(entry.getStatistics(), 0);
            }
        });
        list.entry("statistics: a wider maximum", (entry, random) -> {
            if (isBytes(entry) && entry.getStatistics().isSetMax_value()) {
                byte[] max = entry.getStatistics().getMax_value();
                max[0]++;
                entry.getStatistics().setMax_value(max);
                setExact(entry.getStatistics(), random.nextInt(3));
            }
        });
    }

    private static boolean isBytes(ColumnMetaData entry) {
        return entry.getType() == Type.BYTE_ARRAY && entry.isSetStatistics();
    }

    private static void setExact(Statistics statistics, int kind) {
        if (kind < 2) {
            statistics.setIs_max_value_exact(kind == 0).setIs_min_value_exact(kind == 0);
        }
    }

    private void zerosAndNaNs() {
        floating("a minimum that is NaN", (statistics, width) -> statistics.setMin_value(Tampering.nan(width)));
        floating(
                "bounds that are NaN",
                (statistics, width) ->
                        statistics.setMin_value(Tampering.nan(width)).setMax_value(Tampering.nan(width)));
        floating("a minimum of +0", (statistics, width) -> statistics.setMin_value(new byte[width]));
        floating("a maximum of −0", (statistics, width) -> statistics.setMax_value(Tampering.negativeZero(width)));
    }

    private void floating(String name, ObjIntConsumer<Statistics> change) {
        list.entry("statistics: " + name, (entry, random) -> {
            int width = entry.getType() == Type.DOUBLE ? 8 : entry.getType() == Type.FLOAT ? 4 : 0;
            if (width > 0 && entry.isSetStatistics() && entry.getStatistics().isSetMin_value()) {
                change.accept(entry.getStatistics(), width);
            }
        });
    }

    private void sizes() {
        size("a null too many", (sizes, random) -> definition(sizes, 0, -1, 1));
        size("a null too few", (sizes, random) -> definition(sizes, -1, 0, 1));
        size("a value too many", (sizes, random) -> definition(sizes, -1, -1, 0));
        size("a row too many", (sizes, random) -> repetition(sizes, 0, -1));
        size("a row too few", (sizes, random) -> repetition(sizes, -1, 0));
        size("no levels of a kind", (sizes, random) -> sizes.setDefinition_level_histogram(new ArrayList<>()));
        size("a level more", (sizes, random) -> {
            if (sizes.isSetDefinition_level_histogram()) {
                List<Long> more = new ArrayList<>(sizes.getDefinition_level_histogram());
                more.add(0L);
                sizes.setDefinition_level_histogram(more);
            }
        });
        size("levels the other way round", (sizes, random) -> {
            if (sizes.isSetDefinition_level_histogram()) {
                List<Long> reversed = new ArrayList<>(sizes.getDefinition_level_histogram());
                Collections.reverse(reversed);
                sizes.setDefinition_level_histogram(reversed);
            }
        });
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
