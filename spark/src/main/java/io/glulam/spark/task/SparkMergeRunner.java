package io.glulam.spark.task;

import io.glulam.MergeJob;
import io.glulam.MergeResult;
import io.glulam.MergeRunner;
import io.glulam.spark.files.StoreAccess;
import io.glulam.storage.ObjectLister;
import io.glulam.storage.ObjectRef;
import io.glulam.storage.ObjectRemover;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/** Has outputs of a merge written by executors, a task each, under temporary names in a hidden folder of the target. */
public final class SparkMergeRunner implements MergeRunner {
    private static final String TEMPORARY = "_glulam_tmp/";

    private final SparkContext context;
    private final TaskSettings settings;
    private final StoreAccess access;
    private final String target;

    /** @param target folder of the merge; ends with a slash */
    public SparkMergeRunner(SparkContext context, TaskSettings settings, StoreAccess access, String target) {
        this.context = context;
        this.settings = settings;
        this.access = access;
        this.target = target;
    }

    @Override
    public void run(List<MergeJob> jobs, Sink sink) {
        removeEarlier();
        String runId = UUID.randomUUID().toString();
        Broadcast<StoreAccess> shared = new JavaSparkContext(context).broadcast(access);
        try {
            MergeWork work = new MergeWork(shared, target + TEMPORARY + runId + "/", TaskMetrics.of(context));
            new ExecutorJobs<>(context, work, MergeJob.class, MergeResult.class, settings, target)
                    .run(jobs, runId, new ExecutorJobs.Sink<>(sink::written, sink::failed));
        } finally {
            shared.destroy();
        }
    }

    @Override
    public ObjectRef written(MergeResult result) {
        return access.object(result.name());
    }

    /** A driver that died has left them. The lease, which this run holds, says that no other run works here. */
    private void removeEarlier() {
        ObjectRef folder = access.object(target + TEMPORARY);
        String key = folder.key().endsWith("/") ? folder.key() : folder.key() + "/";
        if (!(folder.store() instanceof ObjectLister lister) || !(folder.store() instanceof ObjectRemover remover)) {
            return;
        }
        List<String> found = new ArrayList<>();
        lister.list(key, facts -> found.add(facts.key()));
        found.forEach(remover::delete);
    }
}
