package io.glulam.spark.task;

import io.glulam.error.GlulamException;
import io.glulam.error.StorageFailed;
import java.io.Serial;
import java.io.Serializable;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.util.TaskFailureListener;

/** A task of Spark's: one job. An attempt that fails removes its own file. */
final class ExecutorCall<J extends Serializable, R extends Serializable> implements Function<byte[], byte[]> {
    @Serial
    private static final long serialVersionUID = 1L;

    private final ExecutorWork<J, R> work;
    private final Class<J> type;
    private final TaskSettings settings;

    ExecutorCall(ExecutorWork<J, R> work, Class<J> type, TaskSettings settings) {
        this.work = work;
        this.type = type;
        this.settings = settings;
    }

    @Override
    public byte[] call(byte[] encoded) {
        TaskContext context = TaskContext.get();
        int attempt = context.attemptNumber();
        J job = Wire.read(encoded, type);
        TaskFailureListener removal = (failed, failure) -> work.remove(job, attempt);
        context.addTaskFailureListener(removal);
        try {
            R result = work.carryOut(job, attempt, settings.onExecutor().withPublishing(new PublishPermit(context)));
            return Wire.bytes(new ExecutorReply(attempt, result, null));
        } catch (GlulamException failure) {
            boolean mayHelp = failure instanceof StorageFailed && attempt + 1 < settings.maxAttempts();
            if (mayHelp || context.isInterrupted()) {
                throw failure; // Spark tries again.
            }
            work.remove(job, attempt);
            return Wire.bytes(new ExecutorReply(attempt, null, failure));
        }
    }
}
