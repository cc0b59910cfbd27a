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
 * The book of all instances: what was asked for, where they stand, what may be asked of them. What a run writes into it
 * is {@link RunLedger}'s. Thread-safe, and safe among several servers on one database.
 */
public final class Ledger {
    private static final int SCHEMA_VERSIONS = 4;

    private final Database database;
    private final Clock clock;
    private final String instances;
    private final Callbacks callbacks;
    private final QueueLimit limit;

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
    }

    /** Brings the tables to this version's form. */
    public void migrate() {
        Migrations.apply(database, "ledger", SCHEMA_VERSIONS);
    }

    /**
     * What {@link #create} did.
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
     * @param callbackUrl who is told when the instance has ended; null for nobody
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
        Optional<Instance> sameId = find(session, id);
        if (inserted == 0 && sameId.isPresent()) {
            return new Outcome(false, Optional.empty());
        }
        Optional<Instance> instance = inserted > 0 ? sameId : queuedFor(session, key);
        if (instance.isEmpty()) {
            return Outcome.AGAIN; // The one that was queued for the object has begun meanwhile.
        }
        if (callbackUrl != null && instance.get().serves(request)) {
            callbacks.add(session, instance.get().id(), callbackUrl);
        }
        return new Outcome(false, Optional.of(new Created(instance.get(), inserted > 0)));
    }

    private Optional<Instance> queuedFor(Database.Session session, @Nullable String key) throws SQLException {
        return session
                .query(
                        "SELECT " + Rows.INSTANCE + " FROM " + instances + " WHERE status = ? AND object_key = ?",
                        Rows::instance,
                        Status.QUEUED.word(),
                        key)
                .stream()
                .findFirst();
    }

    /** The instance of that id. */
    public Optional<Instance> find(String id) {
        return database.first("SELECT " + Rows.INSTANCE + " FROM " + instances + " WHERE id = ?", Rows::instance, id);
    }

    private Optional<Instance> find(Database.Session session, String id) throws SQLException {
        return session
                .query("SELECT " + Rows.INSTANCE + " FROM " + instances + " WHERE id = ?", Rows::instance, id)
                .stream()
                .findFirst();
    }

    /** Its steps as far as they have begun, in their order. */
    public List<StepRecord> steps(String id) {
        return database.query(
                "SELECT " + Rows.STEP + " FROM " + database.dialect().table("steps")
                        + " WHERE instance_id = ? ORDER BY position",
                Rows::step,
                id);
    }

    /** Instances, the newest first. */
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
            // No id is smaller than none.
            arguments.add(filter.beforeId() == null ? "" : filter.beforeId());
        }
        arguments.add(filter.limit());
        String where = conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
        return database.query(
                "SELECT " + Rows.INSTANCE + " FROM " + instances + where + " ORDER BY created_at DESC, id DESC LIMIT ?",
                Rows::instance,
                arguments.toArray());
    }

    /** How many instances have each status; those that none has are missing. */
    public List<StatusCount> counts() {
        return database.query(
                "SELECT status, COUNT(*) FROM " + instances + " GROUP BY status",
                row -> new StatusCount(Rows.status(row.getString(1)), row.getLong(2)));
    }

    /**
     * How many there are.
     *
     * @param status of these
     * @param count how many
     */
    public record StatusCount(Status status, long count) {}

    /** How many instances wait for their turn. */
    public long queued() {
        return database.first(
                        "SELECT COUNT(*) FROM " + instances + " WHERE status = ?",
                        row -> row.getLong(1),
                        Status.QUEUED.word())
                .orElse(0L);
    }

    /** Whether as many instances are queued as may be, at the moment. */
    public boolean isFull() {
        return queued() >= limit.most();
    }

    /** Whether an instance of this object is under way or waits for its turn. */
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

    /** Instances that should be carried on, but that no task of the scheduler is there for. */
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

    /** Pauses an instance: at once, or after the step under way. */
    public Control pause(String id) {
        return control(id, (session, instance) -> switch (instance.status()) {
            case QUEUED, WAITING -> fence(session, instance, Status.PAUSED);
            case RUNNING -> {
                setStatus(session, instance, Status.WAITING_FOR_PAUSE);
                yield Control.DONE;
            }
            case PAUSED, WAITING_FOR_PAUSE -> Control.DONE;
            case ERRORED, TERMINATED, COMPLETE -> ended(instance);
        });
    }

    /** Lets a paused instance go on with the step that it stopped before, if there is room in the queue. */
    public Control resume(String id) {
        return controlQueue(id, (session, instance) -> switch (instance.status()) {
            case PAUSED -> queue(session, instance, instance.key());
            case WAITING_FOR_PAUSE -> {
                setStatus(session, instance, Status.RUNNING);
                yield Control.DONE;
            }
            case QUEUED, WAITING, RUNNING -> Control.DONE;
            case ERRORED, TERMINATED, COMPLETE -> ended(instance);
        });
    }

    /** Ends an instance: at once, or as soon as whoever runs it has heard of it. What is published stays. */
    public Control terminate(String id) {
        return control(id, (session, instance) -> switch (instance.status()) {
            case QUEUED, WAITING, PAUSED -> fence(session, instance, Status.TERMINATED);
            case RUNNING, WAITING_FOR_PAUSE -> {
                session.update(
                        "UPDATE " + instances + " SET command = 'terminate', updated_at = ? WHERE id = ?",
                        clock.millis(),
                        id);
                yield Control.DONE;
            }
            case TERMINATED -> Control.DONE;
            case ERRORED, COMPLETE -> ended(instance);
        });
    }

    /**
     * Starts an instance over, if there is room in the queue: its steps are forgotten. One that is under way has to be
     * terminated or paused first.
     *
     * @param key of its object, where none was known; null for still none
     */
    public Control restart(String id, @Nullable String key) {
        return controlQueue(id, (session, instance) -> {
            if (!instance.status().ended() && instance.status() != Status.PAUSED) {
                return Control.refused("it is " + instance.status().word() + "; pause or terminate it first");
            }
            Control queued = queue(session, instance, instance.key() == null ? key : instance.key());
            if (queued.result() == Control.Result.DONE) {
                session.update("DELETE FROM " + database.dialect().table("steps") + " WHERE instance_id = ?", id);
                session.update("DELETE FROM " + database.dialect().table("intents") + " WHERE instance_id = ?", id);
                callbacks.reset(session, id);
            }
            return queued;
        });
    }

    private static Control ended(Instance instance) {
        return Control.refused("it is " + instance.status().word() + " already; restart it to run it again");
    }

    private interface Decision {
        Control decide(Database.Session session, Instance instance) throws SQLException;
    }

    private Control control(String id, Decision decision) {
        return database.transaction(session -> control(session, id, decision));
    }

    /** As {@link #control(String, Decision)}, where the decision may be to queue. */
    private Control controlQueue(String id, Decision decision) {
        return database.transaction(session -> {
            limit.lock(session, true);
            return control(session, id, decision);
        });
    }

    private Control control(Database.Session session, String id, Decision decision) throws SQLException {
        // Locks the row, so that what is read of it holds until the end.
        if (session.update("UPDATE " + instances + " SET id = id WHERE id = ?", id) == 0) {
            return Control.MISSING;
        }
        Optional<Instance> instance = find(session, id);
        return instance.isEmpty() ? Control.MISSING : decision.decide(session, instance.get());
    }

    private void setStatus(Database.Session session, Instance instance, Status status) throws SQLException {
        session.update(
                "UPDATE " + instances + " SET status = ?, updated_at = ? WHERE id = ?",
                status.word(),
                clock.millis(),
                instance.id());
    }

    /** Changes an instance that nobody runs; a run that is just beginning loses it. */
    private Control fence(Database.Session session, Instance instance, Status status) throws SQLException {
        long now = clock.millis();
        session.update(
                "UPDATE " + instances
                        + " SET status = ?, epoch = epoch + 1, progress = NULL, updated_at = ?, ended_at = ? WHERE id"
                        + " = ?",
                status.word(),
                now,
                status.ended() ? now : null,
                instance.id());
        session.update(
                "DELETE FROM " + database.dialect().table("object_holders") + " WHERE instance_id = ?", instance.id());
        return Control.DONE;
    }

    private Control queue(Database.Session session, Instance instance, @Nullable String key) throws SQLException {
        Optional<Instance> queued = queuedFor(session, key);
        if (queued.isPresent()) {
            return Control.refused(
                    "instance " + queued.get().id() + " is queued for the same object; terminate that one first");
        }
        if (limit.admit(session, true) == QueueLimit.Admission.FULL) {
            return Control.full(limit.most());
        }
        session.update(
                "UPDATE " + instances
                        + " SET status = ?, object_key = ?, epoch = epoch + 1, command = NULL, progress = NULL,"
                        + " output = NULL, error = NULL, updated_at = ?, ended_at = NULL WHERE id = ?",
                Status.QUEUED.word(),
                key,
                clock.millis(),
                instance.id());
        return Control.DONE;
    }

    /** Forgets instances that ended longer ago than {@code age}, with all that they have written down. */
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
