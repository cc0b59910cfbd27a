package io.glulam.service.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import io.glulam.service.database.Database;
import io.glulam.service.json.Json;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The ledger for the run of an instance. Every writing method throws {@link LostRun} and writes nothing, if
 * the instance is another run's by then. Thread-safe.
 */
public final class RunLedger {
    private final Database database;
    private final Clock clock;
    private final String instances;
    private final String steps;
    private final String holders;
    private final String intents;

    public RunLedger(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
        this.instances = database.dialect().table("instances");
        this.steps = database.dialect().table("steps");
        this.holders = database.dialect().table("object_holders");
        this.intents = database.dialect().table("intents");
    }

    /** The result of {@link #begin}. */
    public sealed interface Beginning {
        /** The instance is this run's now. */
        record Begun(Run run, Instance instance) implements Beginning {}

        /** Another instance has the object: try again later. */
        record ObjectBusy() implements Beginning {}

        /** There is nothing to carry on: it ended, is paused, or is gone. */
        record NothingToDo() implements Beginning {}
    }

    /** Takes an instance up, also one that a dead server left running, together with its object. */
    public Beginning begin(String id) {
        return database.transaction(session -> {
            if (session.update("UPDATE " + instances + " SET id = id WHERE id = ?", id) == 0) {
                return new Beginning.NothingToDo();
            }
            Instance instance = read(session, id);
            if (instance.terminating() && !instance.status().ended()) {
                settle(session, instance, Status.TERMINATED);
                return new Beginning.NothingToDo();
            }
            if (instance.status() == Status.WAITING_FOR_PAUSE) {
                settle(session, instance, Status.PAUSED);
                return new Beginning.NothingToDo();
            }
            if (instance.status().ended() || instance.status() == Status.PAUSED) {
                return new Beginning.NothingToDo();
            }
            if (instance.key() != null && !hold(session, instance.key(), instance)) {
                return new Beginning.ObjectBusy();
            }
            session.update(
                    "UPDATE " + instances + " SET status = ?, epoch = ?, updated_at = ? WHERE id = ?",
                    Status.RUNNING.word(),
                    instance.epoch() + 1,
                    clock.millis(),
                    id);
            return new Beginning.Begun(new Run(id, instance.key(), instance.epoch() + 1), instance);
        });
    }

    private Instance read(Database.Session session, String id) throws SQLException {
        return session.query("SELECT " + Rows.INSTANCE + " FROM " + instances + " WHERE id = ?", Rows::instance, id)
                .get(0);
    }

    private boolean hold(Database.Session session, String key, Instance instance) throws SQLException {
        session.update(
                "INSERT INTO " + holders + " (object_key, instance_id, epoch) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                key,
                instance.id(),
                instance.epoch() + 1);
        return session.update(
                        "UPDATE " + holders + " SET epoch = ? WHERE object_key = ? AND instance_id = ?",
                        instance.epoch() + 1,
                        key,
                        instance.id())
                > 0;
    }

    private void settle(Database.Session session, Instance instance, Status status) throws SQLException {
        long now = clock.millis();
        session.update(
                "UPDATE " + instances + " SET status = ?, epoch = epoch + 1, command = NULL, progress = NULL,"
                        + " updated_at = ?, ended_at = ? WHERE id = ?",
                status.word(),
                now,
                status.ended() ? now : null,
                instance.id());
        session.update("DELETE FROM " + holders + " WHERE instance_id = ?", instance.id());
    }

    /** Records that an attempt at a step begins; returns the earlier ones, all of which have ended. */
    public StepAttempts stepBegins(Run run, int position, String name) {
        return database.transaction(session -> {
            claim(session, run, null);
            Instant now = Instant.ofEpochMilli(clock.millis());
            session.update(
                    "INSERT INTO " + steps
                            + " (instance_id, position, name, attempts, started_at) VALUES (?, ?, ?, '[]', ?)"
                            + " ON CONFLICT DO NOTHING",
                    run.instanceId(),
                    position,
                    name,
                    now.toEpochMilli());
            StepAttempts before = attempts(session, run, position).closed(now);
            write(session, run, position, before.begun(now));
            return before;
        });
    }

    /** Keeps a step's result: it will not run again. */
    public void stepEnds(Run run, int position, JsonNode output) {
        database.transaction(session -> {
            claim(session, run, null);
            write(session, run, position, attempts(session, run, position).ended(clock.instant(), null));
            session.update(
                    "UPDATE " + steps + " SET output = ?, ended_at = ? WHERE instance_id = ? AND position = ?",
                    Json.text(output),
                    clock.millis(),
                    run.instanceId(),
                    position);
            return true;
        });
    }

    /** Keeps why an attempt at a step failed. */
    public void stepFails(Run run, int position, JsonNode error) {
        database.transaction(session -> {
            claim(session, run, null);
            write(session, run, position, attempts(session, run, position).ended(clock.instant(), error));
            return true;
        });
    }

    private StepAttempts attempts(Database.Session session, Run run, int position) throws SQLException {
        return StepAttempts.read(Json.parse(session.query(
                        "SELECT attempts FROM " + steps + " WHERE instance_id = ? AND position = ?",
                        row -> row.getString(1),
                        run.instanceId(),
                        position)
                .get(0)));
    }

    private void write(Database.Session session, Run run, int position, StepAttempts attempts) throws SQLException {
        session.update(
                "UPDATE " + steps + " SET attempts = ? WHERE instance_id = ? AND position = ?",
                Json.text(attempts.toJson()),
                run.instanceId(),
                position);
    }

    /** The request that a user has made of a run under way. */
    public enum Wish {
        GO_ON,
        TERMINATE
    }

    /** Writes the progress of the step under way, and returns whether the run was asked to end. */
    public Wish progress(Run run, @Nullable JsonNode progress) {
        return database.transaction(session -> {
            claim(session, run, progress);
            return read(session, run.instanceId()).terminating() ? Wish.TERMINATE : Wish.GO_ON;
        });
    }

    /** Returns whether a user has asked for a pause, which begins between two steps. */
    public boolean pauseRequested(Run run) {
        return database.first(
                        "SELECT status FROM " + instances + " WHERE id = ? AND epoch = ?",
                        row -> Rows.status(row.getString(1)),
                        run.instanceId(),
                        run.epoch())
                .map(status -> status == Status.WAITING_FOR_PAUSE)
                .orElseThrow(() -> new LostRun(run));
    }

    /**
     * Gives the instance up in a state that it stays in, until a user acts or it is taken up again. Where it was to be
     * terminated or paused meanwhile, and has not ended, that is the state.
     *
     * @return the state that it has now
     */
    public Status leave(Run run, Status status, @Nullable JsonNode output, @Nullable JsonNode error) {
        long now = clock.millis();
        return database.transaction(session -> {
            claim(session, run, null);
            Status left = status.ended() ? status : wished(read(session, run.instanceId()), status);
            session.update(
                    "UPDATE " + instances + " SET status = ?, command = NULL, output = ?, error = ?, ended_at = ?"
                            + " WHERE id = ?",
                    left.word(),
                    Json.textNullable(output),
                    Json.textNullable(error),
                    left.ended() ? now : null,
                    run.instanceId());
            if (run.key() != null) {
                session.update(
                        "DELETE FROM " + holders + " WHERE object_key = ? AND instance_id = ? AND epoch = ?",
                        run.key(),
                        run.instanceId(),
                        run.epoch());
            }
            return left;
        });
    }

    private static Status wished(Instance instance, Status otherwise) {
        if (instance.terminating()) {
            return Status.TERMINATED;
        }
        return instance.status() == Status.WAITING_FOR_PAUSE ? Status.PAUSED : otherwise;
    }

    /** Records the object that the run is about to publish. */
    public void intend(Run run, Intent intent) {
        database.transaction(session -> {
            claim(session, run, null);
            session.update("DELETE FROM " + intents + " WHERE instance_id = ?", run.instanceId());
            session.update(
                    "INSERT INTO " + intents + " (instance_id, epoch, object_key, source_version, mark,"
                            + " expected_version, backup_key, output, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    run.instanceId(),
                    run.epoch(),
                    intent.key(),
                    intent.sourceVersion(),
                    intent.mark(),
                    intent.expectedVersion(),
                    intent.backupKey(),
                    Json.text(intent.output()),
                    clock.millis());
            return true;
        });
    }

    /** Returns the object that an earlier run was about to publish; empty if none came that far. */
    public Optional<Intent> intent(Run run) {
        return database.first(
                "SELECT object_key, source_version, mark, expected_version, backup_key, output FROM " + intents
                        + " WHERE instance_id = ?",
                row -> new Intent(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        row.getString(5),
                        Json.parse(row.getString(6))),
                run.instanceId());
    }

    /** Checks that the instance still is this run's, and locks it until the end of the transaction. */
    void claim(Database.Session session, Run run, @Nullable JsonNode progress) throws SQLException {
        int changed = session.update(
                "UPDATE " + instances + " SET updated_at = ?, progress = ? WHERE id = ? AND epoch = ?",
                clock.millis(),
                Json.textNullable(progress),
                run.instanceId(),
                run.epoch());
        if (changed == 0) {
            throw new LostRun(run);
        }
    }
}
