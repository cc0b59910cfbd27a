package io.glulam.plan;

import io.glulam.format.Encoding;
import io.glulam.plan.OutputGroup.KeptGroup;
import io.glulam.plan.OutputGroup.MergedGroup;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Prints a plan for people: what becomes of each row group, how each column moves, and why. */
public final class PlanText {
    /** With more merged row groups than this, their columns are summed up in one table. */
    private static final int MAX_SINGLE_TABLES = 3;

    /** More ranges of sources than this are not all printed. */
    private static final int MAX_RANGES = 4;

    private final Plan plan;
    private final int width;
    private final StringBuilder text = new StringBuilder();
    private final Set<Reason> reasons = EnumSet.noneOf(Reason.class);

    private PlanText(Plan plan, int width) {
        this.plan = plan;
        this.width = width;
    }

    /** Returns the plan in lines of text, each with its end, as long as they need to be. */
    public static String of(Plan plan) {
        return of(plan, Integer.MAX_VALUE);
    }

    /** As {@link #of(Plan)}, within {@code width} characters a line as far as that goes. */
    public static String of(Plan plan, int width) {
        return new PlanText(plan, width).print();
    }

    /** Text from a file without what could steer a terminal. */
    static String printable(String text) {
        return text.codePoints()
                .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? '?' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private String print() {
        head();
        groups();
        columns();
        samples();
        codec();
        readers();
        legend();
        return text.toString();
    }

    private void head() {
        PlanTotals totals = plan.totals();
        text.append(printable(plan.source().name())).append(": ");
        if (plan.isEmpty()) {
            text.append("nothing to do, ").append(rowGroups(totals.groups())).append(" stay");
            text.append(totals.groups() == 1 ? "s" : "").append(" as before\n");
            return;
        }
        text.append(rowGroups(plan.sourceRowGroups()))
                .append(" (")
                .append(Units.size(totals.sourceBytes()))
                .append(") become ")
                .append(Units.count(totals.groups()))
                .append(" (about ")
                .append(Units.size(totals.expectedBytes()))
                .append(")\n");
        share("kept", totals.keptBytes(), totals);
        share("moved", totals.movedBytes(), totals);
        share("remapped", totals.remappedBytes(), totals);
        share("coalesced", totals.coalescedBytes(), totals);
        share("recoded", totals.recodedBytes(), totals);
    }

    private void share(String how, long bytes, PlanTotals totals) {
        if (bytes > 0) {
            text.append(String.format(
                    Locale.ROOT,
                    "  %-10s %9s  %7s\n",
                    how,
                    Units.size(bytes),
                    Units.percent(bytes, totals.sourceBytes())));
        }
    }

    private void groups() {
        text.append('\n');
        WrappedTable table = new WrappedTable(">row group", "sources", ">rows", ">before", ">expected", "how");
        for (int from = 0; from < plan.groups().size(); ) {
            int to = endOfSame(from);
            addGroups(from, to, table);
            from = to;
        }
        if (!plan.dropped().isEmpty()) {
            reasons.add(Reason.NO_ROWS);
            table.add("-", shortly(plan.dropped()), "0", "", "", "dropped, " + Reason.NO_ROWS);
        }
        table.print(text, width);
    }

    /** Returns where the row groups end that share a line: adjacent ones kept for the same reason. */
    private int endOfSame(int from) {
        int to = from + 1;
        while (to < plan.groups().size()
                && plan.groups().get(to - 1) instanceof KeptGroup last
                && plan.groups().get(to) instanceof KeptGroup next
                && next.reason() == last.reason()
                && next.rowGroup() > last.rowGroup()) {
            to++;
        }
        return to;
    }

    private void addGroups(int from, int to, WrappedTable table) {
        RowGroups.Builder sources = new RowGroups.Builder();
        long rows = 0;
        long before = 0;
        long expected = 0;
        for (OutputGroup group : plan.groups().subList(from, to)) {
            for (int range = 0; range < group.sources().ranges(); range++) {
                sources.addRange(
                        group.sources().rangeFirst(range), group.sources().rangeLast(range));
            }
            rows += group.rows();
            before += group.sourceBytes();
            expected += group.expectedBytes();
        }
        table.add(
                to - from == 1 ? Units.count(from) : Units.count(from) + "-" + Units.count(to - 1L),
                shortly(sources.build()),
                Units.count(rows),
                Units.size(before),
                Units.size(expected),
                how(plan.groups().get(from)));
    }

    /** Returns the row groups, the middle left out where they are many ranges. */
    private static String shortly(RowGroups sources) {
        if (sources.ranges() <= MAX_RANGES) {
            return sources.toString();
        }
        RowGroups.Builder first = new RowGroups.Builder();
        for (int range = 0; range < MAX_RANGES - 1; range++) {
            first.addRange(sources.rangeFirst(range), sources.rangeLast(range));
        }
        String begun = first.build().toString();
        return begun.substring(0, begun.length() - 1) + ", ... " + sources.last() + "]";
    }

    private String how(OutputGroup group) {
        if (group instanceof KeptGroup kept) {
            reasons.add(kept.reason());
            return "kept, " + kept.reason();
        }
        return "merged from " + Units.count(group.sources().size());
    }

    private void columns() {
        List<Integer> merged = new ArrayList<>();
        for (int i = 0; i < plan.groups().size(); i++) {
            if (plan.groups().get(i) instanceof MergedGroup) {
                merged.add(i);
            }
        }
        if (merged.size() > MAX_SINGLE_TABLES) {
            columns("Columns of the " + Units.count(merged.size()) + " merged row groups", merged);
        } else {
            merged.forEach(group -> columns("Columns of row group " + Units.count(group), List.of(group)));
        }
    }

    private void columns(String title, List<Integer> groups) {
        Map<Path, Sum> sums = new LinkedHashMap<>();
        for (int leaf = 0; leaf < plan.columns().size(); leaf++) {
            for (int group : groups) {
                ColumnPlan column =
                        ((MergedGroup) plan.groups().get(group)).columns().get(leaf);
                sums.computeIfAbsent(new Path(leaf, column.tier(), column.reason()), path -> new Sum())
                        .add(column);
            }
        }
        text.append('\n').append(title).append('\n');
        WrappedTable table = new WrappedTable(
                "column",
                "tier",
                "reason",
                ">moved",
                ">remapped",
                ">coalesced",
                ">recoded",
                ">expected",
                groups.size() == 1 ? "" : ">in");
        sums.forEach((path, sum) -> {
            reasons.add(path.reason);
            table.add(
                    printable(plan.columns().get(path.leaf)),
                    path.tier.name().toLowerCase(Locale.ROOT),
                    path.reason.name(),
                    sizeOrDash(sum.moved),
                    sizeOrDash(sum.remapped),
                    sizeOrDash(sum.coalesced),
                    sizeOrDash(sum.recoded),
                    Units.size(sum.expected),
                    groups.size() == 1 ? "" : rowGroups(sum.groups));
        });
        table.print(text, width);
    }

    /** Prints the samples, a line a column and encoding: the plan's proof that recoding pays, and that keeping does. */
    private void samples() {
        Map<Path, SampleSum> sums = new LinkedHashMap<>();
        for (OutputGroup group : plan.groups()) {
            if (group instanceof MergedGroup merged) {
                for (ColumnPlan column : merged.columns()) {
                    Sample sample = column.sample();
                    if (sample != null) {
                        sums.computeIfAbsent(
                                        new Path(column.leaf(), column.tier(), column.reason()),
                                        path -> new SampleSum(sample, column.recoding()))
                                .add(column, sample);
                    }
                }
            }
        }
        if (sums.isEmpty()) {
            return;
        }
        text.append("\nSamples\n");
        WrappedTable table = new WrappedTable(
                "column", ">windows", ">values", ">read", ">distinct", ">cheapest", ">expected", "becomes");
        sums.forEach((path, sum) -> table.add(
                printable(plan.columns().get(path.leaf)),
                Units.count(sum.first.windows()),
                Units.count(sum.first.values()),
                Units.size(sum.first.bytes()),
                Units.count(sum.distinct),
                Units.size(sum.cheapest),
                Units.size(sum.expected),
                sum.recoding == null ? "as it is" : sum.recoding.main().name()));
        table.print(text, width);
    }

    private void codec() {
        String codec = plan.settings().compression().title();
        if (!codec.isEmpty() && !plan.isEmpty()) {
            text.append("\nMerged row groups are compressed with ")
                    .append(codec)
                    .append(".\n");
        }
    }

    /** Whom the output asks for more than the source did. */
    private void readers() {
        ReaderDemand demand = ReaderDemand.of(plan);
        if (demand.encodings().isEmpty()) {
            return;
        }
        text.append("\nReaders must know ")
                .append(names(demand.encodings(), Encoding::name))
                .append(".\n");
        text.append("  able    ").append(names(demand.able(), Reader::title)).append('\n');
        if (!demand.unable().isEmpty()) {
            text.append("  unable  ")
                    .append(names(demand.unable(), Reader::title))
                    .append('\n');
        }
    }

    private static <T> String names(Collection<T> all, Function<T, String> name) {
        return all.stream().map(name).collect(Collectors.joining(", "));
    }

    private void legend() {
        if (reasons.isEmpty()) {
            return;
        }
        text.append('\n');
        WrappedTable table = new WrappedTable("reason", "meaning");
        reasons.forEach(reason -> table.add(reason.name(), reason.text()));
        table.print(text, width);
    }

    private static String sizeOrDash(long bytes) {
        return bytes == 0 ? "-" : Units.size(bytes);
    }

    private static String rowGroups(int count) {
        return Units.count(count) + (count == 1 ? " row group" : " row groups");
    }

    private record Path(int leaf, Tier tier, Reason reason) {}

    private static final class SampleSum {
        final Sample first;
        final @Nullable Recoding recoding;
        long distinct;
        long cheapest;
        long expected;

        SampleSum(Sample first, @Nullable Recoding recoding) {
            this.first = first;
            this.recoding = recoding;
        }

        void add(ColumnPlan column, Sample sample) {
            distinct = Math.max(distinct, sample.distinct());
            cheapest += sample.cheapest();
            expected += column.expectedBytes();
        }
    }

    private static final class Sum {
        int groups;
        long moved;
        long remapped;
        long coalesced;
        long recoded;
        long expected;

        void add(ColumnPlan column) {
            groups++;
            moved += column.bytesMoved();
            remapped += column.bytesRemapped();
            coalesced += column.bytesCoalesced();
            recoded += column.bytesRecoded();
            expected += column.expectedBytes();
        }
    }
}
