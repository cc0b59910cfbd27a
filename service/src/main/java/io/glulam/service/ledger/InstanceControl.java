package io.glulam.service.ledger;

import io.glulam.service.database.Database;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Pauses, resumes, terminates and restarts instances, whichever server runs them. Thread-safe, also among several servers. */
public final class InstanceControl {
    private final Database database;
    private final Clock clock;
    private final QueueLimit limit;
    private final Callbacks callbacks;
    private final InstanceRows rows;
    private final String instances;
    private final String steps;
    private final String intents;
    private final String holders;

    InstanceControl(Database database, Clock clock, QueueLimit limit, Callbacks callbacks) {
        this.database = database;
        this.clock = clock;
        this.limit = limit;
        this.callbacks = callbacks;
        this.instances = database.dialect().table("instances");
        this.steps = database.dialect().table("steps");
        this.intents = database.dialect().table("intents");
        this.holders = database.dialect().table("object_holders");
        this.rows = new InstanceRows(instances);
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

    /** Ends an instance: at once if no run works on it, else when its run asks next. A published object stays. */
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
                session.update("DELETE FROM " + steps + " WHERE instance_id = ?", id);
                session.update("DELETE FROM " + intents + " WHERE instance_id = ?", id);
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
        Optional<Instance> instance = rows.find(session, id);
        return instance.isEmpty() ? Control.MISSING : decision.decide(session, instance.get());
    }

    private void setStatus(Database.Session session, Instance instance, Status status) throws SQLException {
        session.update(
                "UPDATE " + instances + " SET status = ?, updated_at = ? WHERE id = ?",
                status.word(),
                clock.millis(),
                instance.id());
    }

    /** Changes an instance that no server runs; a run that is just beginning loses it. */
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
        session.update("DELETE FROM " + holders + " WHERE instance_id = ?", instance.id());
        return Control.DONE;
    }

    private Control queue(Database.Session session, Instance instance, @Nullable String key) throws SQLException {
        Optional<Instance> queued = rows.queuedFor(session, key);
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
}
