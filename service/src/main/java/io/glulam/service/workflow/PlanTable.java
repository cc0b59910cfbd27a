package io.glulam.service.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.glulam.s3.PriceList;
import io.glulam.service.ledger.Run;
import io.glulam.service.request.TableJob;
import io.glulam.tables.StagedCompaction;
import io.glulam.tables.StagedOutput;
import io.glulam.tables.TrafficEstimate;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;

/** Step 2 of a table: pins its snapshot, plans, and chooses the outputs that the ceilings allow. Writes nothing. */
final class PlanTable implements Step {
    static final String SNAPSHOT = "snapshot";
    static final String DIGEST = "digest";
    /** Names this compaction in file names and in the table's history. */
    static final String WORK = "work";
    /** Indexes of the outputs to write. */
    static final String TAKEN = "taken";

    static final String LEFT_BY_CEILING = "outputsLeftByCeiling";
    /** Why no output was taken, where a ceiling is the reason. */
    static final String CEILING = "ceiling";

    private static final int MAX_PARTITIONS = 100;

    private final TableWork work;
    private final AbandonedFiles abandoned;

    PlanTable(TableWork work, AbandonedFiles abandoned) {
        this.work = work;
        this.abandoned = abandoned;
    }

    @Override
    public String name() {
        return GetFileMetadata.NAME;
    }

    @Override
    public JsonNode run(StepContext context) {
        abandoned.removeThoseOf(context.instance());
        TableJob job = work.job(context);
        return work.onNew(context, staged -> planned(context, job, staged));
    }

    @Override
    public void runEnds(Run run) {
        work.forget(run);
    }

    private static JsonNode planned(StepContext context, TableJob job, StagedCompaction staged) {
        ObjectNode result = TablePlanJson.of(job.table(), staged.plan(), MAX_PARTITIONS);
        result.put(WORK, context.run().instanceId() + "-" + context.run().epoch());
        result.put(DIGEST, TableWork.digest(staged));
        boolean remote = !staged.plan().expected().requests().isEmpty();
        ArrayNode taken = result.putArray(TAKEN);
        Costs sum = new Costs(0, 0);
        List<Costs> outputs = staged.outputs().stream()
                .map(output -> Costs.of(output, remote))
                .toList();
        for (int i = 0; i < outputs.size(); i++) {
            Costs more = sum.plus(outputs.get(i));
            if (more.bytes() <= job.maxBytes() && more.dollars() <= job.maxDollars()) {
                sum = more;
                taken.add(i);
            }
        }
        result.put("outputs", outputs.size());
        result.put(LEFT_BY_CEILING, outputs.size() - taken.size());
        result.put("bytesTaken", sum.bytes());
        result.put("dollarsTaken", sum.dollars());
        if (taken.isEmpty() && !outputs.isEmpty()) {
            result.put(CEILING, ceiling(job, outputs));
        }
        return result;
    }

    /** What an output, or several, count against the ceilings. */
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
}
