package io.glulam.bench.reading;

import io.glulam.bench.reading.Query.Kind;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How long one file took for each query, turn by turn, in seconds. */
final class Timings {
    private final Map<Query, double[]> seconds = new LinkedHashMap<>();
    private final int turns;

    Timings(List<Query> queries, int turns) {
        this.turns = turns;
        queries.forEach(query -> seconds.put(query, new double[turns]));
    }

    void put(Query query, int turn, double value) {
        of(query)[turn] = value;
    }

    /** Turn by turn. */
    double[] of(Query query) {
        double[] values = seconds.get(query);
        if (values == null) {
            throw new IllegalArgumentException("nobody asked " + query);
        }
        return values;
    }

    /** Turn by turn, all queries of a kind added up; empty if there is none. */
    double[] of(Kind kind) {
        double[] sums = new double[turns];
        boolean asked = false;
        for (Map.Entry<Query, double[]> entry : seconds.entrySet()) {
            if (entry.getKey().kind() == kind) {
                asked = true;
                Arrays.setAll(sums, turn -> sums[turn] + entry.getValue()[turn]);
            }
        }
        return asked ? sums : new double[0];
    }
}
