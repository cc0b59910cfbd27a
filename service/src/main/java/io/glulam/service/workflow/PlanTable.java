package io.glulam.service.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.glulam.service.ledger.Run;
import io.glulam.service.request.TableJob;
import io.glulam.tables.StagedCompaction;

/** Step 2 of a table: pins its snapshot, plans, and chooses the outputs that the ceilings allow. Writes nothing. */
final class PlanTable implements Step {
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
        new PlannedTable.Pin(
                        context.run().instanceId() + "-" + context.run().epoch(),
                        TableWork.digest(staged),
                        TakenOutputs.of(job, staged))
                .write(result);
        return result;
    }
}
