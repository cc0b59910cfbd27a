package io.glulam.service.workflow;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.jdbc.PostgreSqlJdbcCustomization;
import com.github.kagkarlsson.scheduler.jdbc.SqliteJdbcCustomization;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import io.glulam.concurrent.DaemonThreads;
import io.glulam.service.database.Database;
import io.glulam.service.database.Dialect;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Hands instances that are due to threads, at most so many at once, also among several servers on one database. An
 * instance whose server has died is handed to another one.
 */
final class InstanceScheduler implements AutoCloseable {
    private static final String TASK = "compaction";
    private static final Duration POLLING = Duration.ofSeconds(1);
    private static final Duration HEARTBEAT = Duration.ofSeconds(5);
    private static final int MISSED_HEARTBEATS = 4;
    private static final Duration STOPPING = Duration.ofSeconds(7);
    private static final Duration LAST_WORDS = Duration.ofMillis(500);

    private final Database database;
    private final Scheduler scheduler;

    /**
     * @param runner carries an instance on, and returns when to do so again; null if the instance does not wait for a time
     * @param concurrency how many instances run at once
     */
    InstanceScheduler(Database database, int concurrency, Function<String, @Nullable Instant> runner) {
        this.database = database;
        CustomTask<Void> task = Tasks.custom(TASK, Void.class)
                .onDeadExecutionRevive()
                .onFailure((complete, operations) ->
                        operations.reschedule(complete, Instant.now().plus(HEARTBEAT)))
                .execute((instance, context) -> {
                    Instant again = runner.apply(instance.getId());
                    return again == null
                            ? new CompletionHandler.OnCompleteRemove<>()
                            : (complete, operations) -> operations.reschedule(complete, again);
                });
        boolean postgres = database.dialect() == Dialect.POSTGRES;
        this.scheduler = Scheduler.create(database.source(), task)
                .tableName(database.dialect().table("scheduled_tasks"))
                .jdbcCustomization(
                        postgres ? new PostgreSqlJdbcCustomization(false, false) : new SqliteJdbcCustomization())
                .schedulerName(new SchedulerName.Fixed("glulam-" + UUID.randomUUID()))
                .threads(concurrency)
                .pollingInterval(POLLING)
                .heartbeatInterval(HEARTBEAT)
                .missedHeartbeatsLimit(MISSED_HEARTBEATS)
                .shutdownMaxWait(STOPPING)
                .enableImmediateExecution()
                .build();
    }

    /** Begins to hand out what is due. */
    void start() {
        if (database.dialect() == Dialect.SQLITE) {
            // No other server uses the file: a server that has picked a task is dead.
            database.update(
                    "UPDATE scheduled_tasks SET picked = ?, picked_by = NULL, last_heartbeat = NULL,"
                            + " version = version + 1 WHERE picked = ?",
                    false,
                    true);
        }
        scheduler.start();
    }

    /** Has an instance carried on as soon as a thread is free, unless that is planned already. */
    void schedule(String id) {
        scheduler.scheduleIfNotExists(new TaskInstance<>(TASK, id), Instant.now());
    }

    /** Takes no more instances up; waits some seconds for those under way, and no longer for those that do not react. */
    @Override
    public void close() {
        // Once it has interrupted those, the scheduler waits for as long again.
        Thread stopping = DaemonThreads.of(scheduler::stop, "glulam-stopping");
        stopping.start();
        try {
            stopping.join(STOPPING.plus(LAST_WORDS).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
