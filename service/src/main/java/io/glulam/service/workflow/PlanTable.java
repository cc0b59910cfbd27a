package io.glulam.service.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.glulam.s3.PriceList;
import io.glulam.service.ledger.Run;
import io.glulam.tables.StagedCompaction;
import io.glulam.tables.StagedOutput;
import io.glulam.tables.TrafficEstimate;
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
        long bytes = 0;
        double dollars = 0;
        List<StagedOutput> outputs = staged.outputs();
        for (int i = 0; i < outputs.size(); i++) {
            StagedOutput output = outputs.get(i);
            double cost = remote ? PriceList.S3.requests(TrafficEstimate.of(output.files(), output.bytes(), 1)) : 0;
            if (bytes + output.bytes() <= job.maxBytes() && dollars + cost <= job.maxDollars()) {
                bytes += output.bytes();
                dollars += cost;
                taken.add(i);
            }
        }
        result.put("outputs", outputs.size());
        result.put(LEFT_BY_CEILING, outputs.size() - taken.size());
        result.put("bytesTaken", bytes);
        result.put("dollarsTaken", dollars);
        return result;
    }
}
