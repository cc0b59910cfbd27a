package io.glulam.service.ledger;

import io.glulam.service.database.Database;
import java.time.Instant;
import java.util.List;

/**
 * Objects that the service deletes after some time: backups, and objects whose dataset has moved to a new key. Thread-safe.
 */
public final class Leftovers {
    private final Database database;
    private final String table;

    public Leftovers(Database database) {
        this.database = database;
        this.table = database.dialect().table("leftovers");
    }

    /**
     * An object to be deleted.
     *
     * @param key of the object
     * @param version that may be deleted; empty if it is unknown: no other object has the key then
     */
    public record Leftover(String key, String version) {}

    /** Records an object, in place of an earlier record of its key. */
    public void add(String key, String version, String instanceId, Instant deleteAfter) {
        database.update(
                "INSERT INTO " + table + " (object_key, version, instance_id, delete_after) VALUES (?, ?, ?, ?)"
                        + " ON CONFLICT (object_key) DO UPDATE SET version = excluded.version,"
                        + " instance_id = excluded.instance_id, delete_after = excluded.delete_after",
                key,
                version,
                instanceId,
                deleteAfter.toEpochMilli());
    }

    /** Deletes the record of an object that was deleted, or that stays. */
    public void remove(String key) {
        database.update("DELETE FROM " + table + " WHERE object_key = ?", key);
    }

    /** Returns whether an object is to be deleted. */
    public boolean contains(String key) {
        return database.first("SELECT 1 FROM " + table + " WHERE object_key = ?", row -> true, key)
                .isPresent();
    }

    /** Puts the deletion of an object off. */
    public void postpone(String key, Instant deleteAfter) {
        database.update(
                "UPDATE " + table + " SET delete_after = ? WHERE object_key = ?", deleteAfter.toEpochMilli(), key);
    }

    /**
     * Returns at most {@code limit} objects that are due. Those of an instance that has not ended are not due: its next step
     * may make the object the dataset's.
     */
    public List<Leftover> due(Instant now, int limit) {
        return database.query(
                "SELECT object_key, version FROM " + table + " l WHERE delete_after <= ? AND NOT EXISTS (SELECT 1 FROM "
                        + database.dialect().table("instances")
                        + " i WHERE i.id = l.instance_id AND i.status NOT IN (?, ?, ?))"
                        + " ORDER BY delete_after LIMIT ?",
                row -> new Leftover(row.getString(1), row.getString(2)),
                now.toEpochMilli(),
                Status.COMPLETE.word(),
                Status.ERRORED.word(),
                Status.TERMINATED.word(),
                limit);
    }
}
