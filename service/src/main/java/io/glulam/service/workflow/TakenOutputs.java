package io.glulam.service.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.glulam.s3.PriceList;
import io.glulam.service.request.TableJob;
import io.glulam.tables.StagedCompaction;
import io.glulam.tables.StagedOutput;
import io.glulam.tables.TrafficEstimate;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The outputs of a table's plan that the request's ceilings allow.
 *
 * @param positions of the outputs to write, ascending
 * @param left how many outputs a ceiling leaves out
 * @param bytes sum of the sizes of the sources
 * @param dollars estimated for the requests
 * @param ceiling that every output is beyond, for people; null if there are outputs to write, or none at all
 */
record TakenOutputs(
        List<Integer> positions,
        int left,
        long bytes,
        double dollars,
        @Nullable String ceiling) {
    private static final String TAKEN = "taken";
    private static final String OUTPUTS = "outputs";
    private static final String LEFT = "outputsLeftByCeiling";
    private static final String BYTES = "bytesTaken";
    private static final String DOLLARS = "dollarsTaken";
    private static final String CEILING = "ceiling";

    TakenOutputs {
        positions = List.copyOf(positions);
    }

    /** Takes each output that the ceilings allow beside those before. */
    static TakenOutputs of(TableJob job, StagedCompaction staged) {
        boolean remote = !staged.plan().expected().requests().isEmpty();
        List<Costs> outputs = staged.outputs().stream()
                .map(output -> Costs.of(output, remote))
                .toList();
        List<Integer> taken = new ArrayList<>();
        Costs sum = new Costs(0, 0);
        for (int i = 0; i < outputs.size(); i++) {
            Costs more = sum.plus(outputs.get(i));
            if (more.bytes() <= job.maxBytes() && more.dollars() <= job.maxDollars()) {
                sum = more;
                taken.add(i);
            }
        }
        String ceiling = taken.isEmpty() && !outputs.isEmpty() ? ceiling(job, outputs) : null;
        return new TakenOutputs(taken, outputs.size() - taken.size(), sum.bytes(), sum.dollars(), ceiling);
    }

    /** The amounts of an output, or of several, that count against the ceilings. */
    private record Costs(long bytes, double dollars) {
        static Costs of(StagedOutput output, boolean remote) {
            return new Costs(
                    output.bytes(),
                    remote ? PriceList.S3.requests(TrafficEstimate.of(output.files(), output.bytes(), 1)) : 0);
        }

        Costs plus(Costs other) {
            return new Costs(bytes + other.bytes, dollars + other.dollars);
        }
    }

    /** Says which ceiling every output is beyond. */
    private static String ceiling(TableJob job, List<Costs> outputs) {
        long bytes = outputs.stream().mapToLong(Costs::bytes).min().orElseThrow();
        double dollars = outputs.stream().mapToDouble(Costs::dollars).min().orElseThrow();
        if (bytes > job.maxBytes()) {
            return "maxBytes is " + job.maxBytes() + ", and the smallest output merges files of " + bytes + " bytes";
        }
        if (dollars > job.maxDollars()) {
            return "maxDollars is " + amount(job.maxDollars())
                    + ", and the requests of the cheapest output cost an estimated " + amount(dollars);
        }
        return "each output is beyond maxBytes or maxDollars";
    }

    private static String amount(double dollars) {
        return BigDecimal.valueOf(dollars)
                .round(new MathContext(3))
                .stripTrailingZeros()
                .toPlainString();
    }

    /** Reads these fields of a result. */
    static TakenOutputs read(JsonNode result) {
        List<Integer> positions = new ArrayList<>();
        result.path(TAKEN).forEach(position -> positions.add(position.intValue()));
        return new TakenOutputs(
                positions,
                result.path(LEFT).intValue(),
                result.path(BYTES).longValue(),
                result.path(DOLLARS).doubleValue(),
                result.path(CEILING).textValue());
    }

    /** Writes these fields into a result. */
    void write(ObjectNode result) {
        ArrayNode taken = result.putArray(TAKEN);
        positions.forEach(taken::add);
        result.put(OUTPUTS, positions.size() + left);
        result.put(LEFT, left);
        result.put(BYTES, bytes);
        result.put(DOLLARS, dollars);
        if (ceiling != null) {
            result.put(CEILING, ceiling);
        }
    }
}
