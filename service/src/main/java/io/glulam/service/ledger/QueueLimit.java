package io.glulam.service.ledger;

import io.glulam.service.database.Database;
import io.glulam.service.database.Dialect;
import java.sql.SQLException;

/**
 * Keeps the queue within its limit, also among several servers on one database. In Postgres, a transaction that queues holds a lock
 * until it ends: far from the limit one that many hold at once, close to it one that excludes all others. In
 * SQLite, whose transactions exclude each other anyway, there is no other lock. Thread-safe.
 */
final class QueueLimit {
    /** Names the lock; another than that of migrations. */
    private static final long LOCK = 0x676c756c616d02L;

    /** At least as many as transactions of all servers that queue at once: sixteen servers with eight connections each. */
    static final long MARGIN = 128;

    private final Dialect dialect;
    private final long most;
    private final String count;

    QueueLimit(Dialect dialect, long most) {
        this.dialect = dialect;
        this.most = most;
        this.count = "SELECT COUNT(*) FROM " + dialect.table("instances") + " WHERE status = ?";
    }

    /** Returns the number of instances that may be queued. */
    long most() {
        return most;
    }

    /** Returns the number of queued instances that this transaction sees. */
    long queued(Database.Session session) throws SQLException {
        return session.query(count, row -> row.getLong(1), Status.QUEUED.word()).get(0);
    }

    /** The admission of a transaction that is about to queue. */
    enum Admission {
        ADMITTED,
        FULL,
        /** It would have to exclude all others, and cannot any more: it must begin anew. */
        AGAIN_ALONE
    }

    /** Whether a transaction that is about to queue should exclude all others from the beginning. */
    boolean isClose(long queued) {
        return queued + MARGIN >= most;
    }

    /**
     * Excludes others that queue, as far as needed, until the transaction ends. To be called before the transaction locks
     * anything else, so that no two of them wait for each other.
     *
     * @param alone whether all others are excluded
     */
    void lock(Database.Session session, boolean alone) throws SQLException {
        if (dialect == Dialect.POSTGRES) {
            session.query(
                    alone ? "SELECT pg_advisory_xact_lock(?)" : "SELECT pg_advisory_xact_lock_shared(?)",
                    row -> true,
                    LOCK);
        }
    }

    /** Whether one more may be queued by a transaction that has called {@link #lock}. */
    Admission admit(Database.Session session, boolean alone) throws SQLException {
        long queued = queued(session);
        if (!alone && isClose(queued)) {
            return Admission.AGAIN_ALONE;
        }
        return queued < most ? Admission.ADMITTED : Admission.FULL;
    }
}
