package io.glulam.service.ledger;

import io.glulam.service.database.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The URLs that are called when an instance has ended, and the state of each call. Thread-safe. */
public final class Callbacks {
    private static final String COLUMNS =
            "c.id, c.instance_id, c.url, c.state, c.attempts, c.http_status, c.problem, c.ended_at";
    private static final int MAX_PROBLEM_CHARACTERS = 500;

    private final Database database;
    private final String table;

    public Callbacks(Database database) {
        this.database = database;
        this.table = database.dialect().table("callbacks");
    }

    /** The state of a callback. */
    public enum State {
        /** The instance has not ended, or the next attempt is to come. */
        PENDING("pending"),
        /** It was taken. */
        DELIVERED("delivered"),
        /** It was given up. */
        FAILED("failed");

        private final String word;

        State(String word) {
            this.word = word;
        }

        /** As it is written. */
        public String word() {
            return word;
        }

        private static State of(String word) {
            for (State state : values()) {
                if (state.word.equals(word)) {
                    return state;
                }
            }
            throw new IllegalStateException("no state " + word);
        }
    }

    /**
     * One of them.
     *
     * @param id of it
     * @param instanceId the instance that ends
     * @param url that is called
     * @param state where it stands
     * @param attempts so far
     * @param httpStatus of the last answer; null if none came
     * @param problem with the last attempt; null for none
     * @param endedAt when it was delivered or given up; null before
     */
    public record Callback(
            String id,
            String instanceId,
            String url,
            State state,
            int attempts,
            @Nullable Integer httpStatus,
            @Nullable String problem,
            @Nullable Instant endedAt) {}

    /** Adds a URL that is called when the instance has ended; the same one twice is called once. */
    void add(Database.Session session, String instanceId, String url) throws SQLException {
        session.update(
                "INSERT INTO " + table + " (id, instance_id, url, state, attempts, next_at) VALUES (?, ?, ?, ?, 0, 0)"
                        + " ON CONFLICT DO NOTHING",
                UUID.randomUUID().toString(),
                instanceId,
                url,
                State.PENDING.word());
    }

    /** Those of an instance. */
    public List<Callback> of(String instanceId) {
        return database.query(
                "SELECT " + COLUMNS + " FROM " + table + " c WHERE c.instance_id = ? ORDER BY c.url",
                Callbacks::read,
                instanceId);
    }

    /** Repeats the callbacks of an instance that is started over. */
    void reset(Database.Session session, String instanceId) throws SQLException {
        session.update(
                "UPDATE " + table + " SET state = ?, attempts = 0, next_at = 0, http_status = NULL, problem = NULL,"
                        + " ended_at = NULL WHERE instance_id = ?",
                State.PENDING.word(),
                instanceId);
    }

    /** Those whose instance has ended and whose time has come, at most {@code limit}. */
    public List<Callback> due(Instant now, int limit) {
        return database.query(
                "SELECT " + COLUMNS + " FROM " + table + " c JOIN "
                        + database.dialect().table("instances") + " i ON i.id = c.instance_id"
                        + " WHERE c.state = ? AND c.next_at <= ? AND i.status IN (?, ?, ?) ORDER BY c.next_at LIMIT ?",
                Callbacks::read,
                State.PENDING.word(),
                now.toEpochMilli(),
                Status.COMPLETE.word(),
                Status.ERRORED.word(),
                Status.TERMINATED.word(),
                limit);
    }

    /**
     * Takes one for an attempt, so that no other server makes it at the same time.
     *
     * @param lease after which another may, if this server dies meanwhile
     * @return false if another has taken it
     */
    public boolean take(Callback callback, Instant now, Duration lease) {
        return database.update(
                        "UPDATE " + table + " SET attempts = attempts + 1, next_at = ?"
                                + " WHERE id = ? AND state = ? AND attempts = ? AND next_at <= ?",
                        now.plus(lease).toEpochMilli(),
                        callback.id(),
                        State.PENDING.word(),
                        callback.attempts(),
                        now.toEpochMilli())
                > 0;
    }

    /**
     * Writes down what came of an attempt.
     *
     * @param next when to try again; null for never
     */
    public void attempted(
            Callback callback,
            State state,
            @Nullable Integer httpStatus,
            @Nullable String problem,
            Instant now,
            @Nullable Instant next) {
        String cut = problem != null && problem.length() > MAX_PROBLEM_CHARACTERS
                ? problem.substring(0, MAX_PROBLEM_CHARACTERS)
                : problem;
        database.update(
                "UPDATE " + table + " SET state = ?, http_status = ?, problem = ?, next_at = ?, ended_at = ?"
                        + " WHERE id = ? AND attempts = ?",
                state.word(),
                httpStatus,
                cut,
                next == null ? 0L : next.toEpochMilli(),
                state == State.PENDING ? null : now.toEpochMilli(),
                callback.id(),
                callback.attempts() + 1);
    }

    private static Callback read(ResultSet row) throws SQLException {
        int status = row.getInt(6);
        Integer httpStatus = row.wasNull() ? null : status;
        String problem = row.getString(7);
        long ended = row.getLong(8);
        Instant endedAt = row.wasNull() ? null : Instant.ofEpochMilli(ended);
        return new Callback(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                State.of(row.getString(4)),
                row.getInt(5),
                httpStatus,
                problem,
                endedAt);
    }
}
