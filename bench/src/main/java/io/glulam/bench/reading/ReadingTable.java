package io.glulam.bench.reading;

import io.glulam.bench.input.Input;
import io.glulam.bench.measure.Numbers;
import io.glulam.bench.reading.Query.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The times of all files of one input, as Markdown. */
final class ReadingTable {
    /** From which ratio on a column is named below the table. */
    private static final double SLOW = 1.10;

    private final Input input;
    private final List<Query> queries;
    private final Map<Rewritten, Timings> timings;

    ReadingTable(Input input, List<Query> queries, Map<Rewritten, Timings> timings) {
        this.input = input;
        this.queries = queries;
        this.timings = timings;
    }

    String markdown() {
        StringBuilder table = new StringBuilder("| ").append(input.name()).append(": read from");
        for (Kind kind : Kind.values()) {
            table.append(" | ").append(kind.heading());
        }
        table.append(" |\n|---|").append("---|".repeat(Kind.values().length)).append('\n');
        timings.forEach((file, own) -> table.append(row(file, own)));
        List<String> slow = new ArrayList<>();
        timings.forEach((file, own) -> slow.addAll(slowColumns(file, own)));
        if (!slow.isEmpty()) {
            table.append("\nColumns that take more than 10 % longer: ")
                    .append(String.join("; ", slow))
                    .append(".\n");
        }
        return table.toString();
    }

    private String row(Rewritten file, Timings own) {
        StringBuilder row = new StringBuilder("| ").append(file.name());
        for (Kind kind : Kind.values()) {
            row.append(" | ").append(cell(file, own, kind));
        }
        return row.append(" |\n").toString();
    }

    private String cell(Rewritten file, Timings own, Kind kind) {
        double[] seconds = own.of(kind);
        if (seconds.length == 0) {
            return "–";
        }
        double milliseconds = 1000 * Numbers.median(seconds) / count(kind);
        String ratio = rival(file) == own
                ? ""
                : Numbers.format(" (%.2f)", Numbers.ratio(seconds, rival(file).of(kind)));
        return Numbers.format("%.1f ms", milliseconds) + ratio;
    }

    private List<String> slowColumns(Rewritten file, Timings own) {
        List<String> slow = new ArrayList<>();
        for (Query query : queries) {
            double ratio = Numbers.ratio(own.of(query), rival(file).of(query));
            if (query.kind() == Kind.COLUMN && ratio > SLOW) {
                slow.add(Numbers.format("%s `%s` %.2f", file.name(), query.about(), ratio));
            }
        }
        return slow;
    }

    private long count(Kind kind) {
        return queries.stream().filter(query -> query.kind() == kind).count();
    }

    /** The file's own if its rival has failed or it is one. */
    private Timings rival(Rewritten file) {
        return timings.entrySet().stream()
                .filter(entry -> entry.getKey().name().equals(file.rival()))
                .findFirst()
                .map(Map.Entry::getValue)
                .orElseGet(() -> timings.get(file));
    }
}
