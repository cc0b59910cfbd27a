package io.glulam.service.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import io.glulam.service.database.Database;
import io.glulam.service.database.Migrations;
import io.glulam.service.json.Json;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * All instances: their requests, states and steps. {@link InstanceControl} pauses, resumes, terminates and restarts them;
 * {@link RunLedger} writes for their runs. Thread-safe, and safe among several servers on one database.
 */
public final class Ledger {
    private static final int SCHEMA_VERSIONS = 4;

    private final Database database;
    private final Clock clock;
    private final String instances;
    private final Callbacks callbacks;
    private final QueueLimit limit;
    private final InstanceRows rows;
    private final InstanceControl control;

    /** Without a limit to what may be queued. */
    public Ledger(Database database, Clock clock) {
        this(database, clock, Long.MAX_VALUE);
    }

    /** @param mostQueued instances that may be queued, counted among all servers on the database */
    public Ledger(Database database, Clock clock, long mostQueued) {
        this.database = database;
        this.limit = new QueueLimit(database.dialect(), mostQueued);
        this.clock = clock;
        this.instances = database.dialect().table("instances");
        this.callbacks = new Callbacks(database);
        this.rows = new InstanceRows(instances);
        this.control = new InstanceControl(database, clock, limit, callbacks);
    }

    /** Brings the tables to this version's form. */
    public void migrate() {
        Migrations.apply(database, "ledger", SCHEMA_VERSIONS);
    }

    /**
     * The result of {@link #create}.
     *
     * @param instance the new one, or the one that was queued for the same object already
     * @param isNew which of the two
     */
    public record Created(Instance instance, boolean isNew) {}

    /**
     * Adds an instance to the queue, unless one is queued for the same object: then that one is the answer, even if it does
     * not do what is asked for ({@link Instance#serves}).
     *
     * @param id null for a random one
     * @param callbackUrl is called when the instance has ended; null for none
     * @return empty if the id is taken
     * @throws QueueFull if no more may be queued, even if one is queued for the same object
     */
    public Optional<Created> create(
            @Nullable String id,
            String datasetId,
            @Nullable String key,
            JsonNode request,
            @Nullable String callbackUrl) {
        String wanted = id == null ? UUID.randomUUID().toString() : id;
        boolean alone = limit.isClose(queued());
        while (true) {
            boolean excluding = alone;
            Outcome outcome = database.transaction(session -> {
                limit.lock(session, excluding);
                return switch (limit.admit(session, excluding)) {
                    case FULL -> throw new QueueFull(limit.most());
                    case AGAIN_ALONE -> Outcome.AGAIN;
                    case ADMITTED -> create(session, wanted, datasetId, key, request, callbackUrl);
                };
            });
            if (!outcome.again()) {
                return outcome.created();
            }
            alone = true;
        }
    }

    private record Outcome(boolean again, Optional<Created> created) {
        static final Outcome AGAIN = new Outcome(true, Optional.empty());
    }

    private Outcome create(
            Database.Session session,
            String id,
            String datasetId,
            @Nullable String key,
            JsonNode request,
            @Nullable String callbackUrl)
            throws SQLException {
        long now = clock.millis();
        int inserted = session.update(
                "INSERT INTO " + instances
                        + " (id, dataset_id, object_key, request, status, epoch, created_at, updated_at)"
                        + " VALUES (?, ?, ?, ?, ?, 0, ?, ?) ON CONFLICT DO NOTHING",
                id,
                datasetId,
                key,
                Json.text(request),
                Status.QUEUED.word(),
                now,
                now);
        Optional<Instance> sameId = rows.find(session, id);
        if (inserted == 0 && sameId.isPresent()) {
            return new Outcome(false, Optional.empty());
        }
        Optional<Instance> instance = inserted > 0 ? sameId : rows.queuedFor(session, key);
        if (instance.isEmpty()) {
            return Outcome.AGAIN; // The queued instance of the object has begun meanwhile.
        }
        if (callbackUrl != null && instance.get().serves(request)) {
            callbacks.add(session, instance.get().id(), callbackUrl);
        }
        return new Outcome(false, Optional.of(new Created(instance.get(), inserted > 0)));
    }

    /** Returns the instance of that id. */
    public Optional<Instance> find(String id) {
        return database.first("SELECT " + Rows.INSTANCE + " FROM " + instances + " WHERE id = ?", Rows::instance, id);
    }

    /** Returns the steps of an instance that have begun, in their order. */
    public List<StepRecord> steps(String id) {
        return database.query(
                "SELECT " + Rows.STEP + " FROM " + database.dialect().table("steps")
                        + " WHERE instance_id = ? ORDER BY position",
                Rows::step,
                id);
    }

    /** Returns instances, the newest first. */
    public List<Instance> list(InstanceFilter filter) {
        List<Object> arguments = new ArrayList<>();
        List<String> conditions = new ArrayList<>();
        if (filter.status() != null) {
            conditions.add("status = ?");
            arguments.add(filter.status().word());
        }
        if (filter.datasetId() != null) {
            conditions.add("dataset_id = ?");
            arguments.add(filter.datasetId());
        }
        if (filter.before() != null) {
            conditions.add("(created_at < ? OR created_at = ? AND id < ?)");
            arguments.add(filter.before().toEpochMilli());
            arguments.add(filter.before().toEpochMilli());
            // No id is smaller than the empty text.
            arguments.add(filter.beforeId() == null ? "" : filter.beforeId());
        }
        arguments.add(filter.limit());
        String where = conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
        return database.query(
                "SELECT " + Rows.INSTANCE + " FROM " + instances + where + " ORDER BY created_at DESC, id DESC LIMIT ?",
                Rows::instance,
                arguments.toArray());
    }

    /** Returns the number of instances of each status; a status without instances is missing. */
    public List<StatusCount> counts() {
        return database.query(
                "SELECT status, COUNT(*) FROM " + instances + " GROUP BY status",
                row -> new StatusCount(Rows.status(row.getString(1)), row.getLong(2)));
    }

    /**
     * The number of instances of a status.
     *
     * @param status of the instances
     * @param count of the instances
     */
    public record StatusCount(Status status, long count) {}

    /** Returns the number of queued instances. */
    public long queued() {
        return database.first(
                        "SELECT COUNT(*) FROM " + instances + " WHERE status = ?",
                        row -> row.getLong(1),
                        Status.QUEUED.word())
                .orElse(0L);
    }

    /** Returns whether the queue is full. */
    public boolean isFull() {
        return queued() >= limit.most();
    }

    /** Returns whether an instance of this object has not ended. */
    public boolean isActive(String key) {
        return database.first(
                        "SELECT 1 FROM " + instances + " WHERE object_key = ? AND status NOT IN (?, ?, ?)",
                        row -> true,
                        key,
                        Status.COMPLETE.word(),
                        Status.ERRORED.word(),
                        Status.TERMINATED.word())
                .isPresent();
    }

    /** Returns instances to carry on for which the scheduler has no task. */
    public List<String> orphans() {
        return database.query(
                "SELECT id FROM " + instances + " WHERE status IN (?, ?, ?, ?) AND NOT EXISTS (SELECT 1 FROM "
                        + database.dialect().table("scheduled_tasks") + " t WHERE t.task_instance = " + instances
                        + ".id)",
                row -> row.getString(1),
                Status.QUEUED.word(),
                Status.WAITING.word(),
                Status.RUNNING.word(),
                Status.WAITING_FOR_PAUSE.word());
    }

    /** Pauses, resumes, terminates and restarts instances. */
    public InstanceControl control() {
        return control;
    }

    /** Deletes instances that ended longer ago than {@code age}, with their steps and intents. */
    public int purge(Duration age) {
        Instant before = clock.instant().minus(age);
        return database.transaction(session -> {
            session.update(
                    "DELETE FROM " + database.dialect().table("intents") + " WHERE instance_id IN (SELECT id FROM "
                            + instances + " WHERE ended_at < ?)",
                    before.toEpochMilli());
            return session.update("DELETE FROM " + instances + " WHERE ended_at < ?", before.toEpochMilli());
        });
    }
}
