package io.glulam.spark.task;

import io.glulam.CompactionOptions;
import io.glulam.MergeJob;
import io.glulam.MergeResult;
import io.glulam.MergeWriter;
import io.glulam.spark.files.StoreAccess;
import io.glulam.storage.ObjectRef;
import io.glulam.storage.ObjectRemover;
import io.glulam.tables.TableReport.MovedBytes;
import java.io.Serial;
import java.util.Locale;
import org.apache.spark.broadcast.Broadcast;

/** Writes outputs of a merge of plain files under temporary names. */
final class MergeWork implements ExecutorWork<MergeJob, MergeResult> {
    @Serial
    private static final long serialVersionUID = 1L;

    private final Broadcast<StoreAccess> access;
    private final String folder;
    private final TaskMetrics metrics;

    /** @param folder of the temporary files; ends with a slash */
    MergeWork(Broadcast<StoreAccess> access, String folder, TaskMetrics metrics) {
        this.access = access;
        this.folder = folder;
        this.metrics = metrics;
    }

    private String name(MergeJob job, int attempt) {
        return folder + String.format(Locale.ROOT, "%05d-%d.parquet", job.index(), attempt);
    }

    @Override
    public MergeResult carryOut(MergeJob job, int attempt, CompactionOptions options) {
        StoreAccess stores = access.value();
        String name = name(job, attempt);
        MergeResult result = new MergeWriter(options, stores::object).write(job, stores.object(name), name);
        long moved = result.bytes() - result.remapped() - result.recoded();
        metrics.add(job.inputs(), new MovedBytes(moved, result.remapped(), result.recoded(), result.bytes()));
        return result;
    }

    @Override
    public void remove(MergeJob job, int attempt) {
        ObjectRef object = access.value().object(name(job, attempt));
        if (object.store() instanceof ObjectRemover remover) {
            remover.delete(object.key());
        }
    }
}
