package io.glulam.service.ledger;

import io.glulam.service.database.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Uploads that were begun in a store, written down before they are: stores do not tell whose an unfinished upload is,
 * and the run that began it may have died. Thread-safe.
 */
public final class Uploads {
    private static final String COLUMNS = "u.id, u.object_key, u.upload_id, u.begun_at";

    private final Database database;
    private final String table;

    public Uploads(Database database) {
        this.database = database;
        this.table = database.dialect().table("uploads");
    }

    /**
     * An upload.
     *
     * @param id of ours
     * @param key of the object that it was to become
     * @param uploadId the store's; empty if the store never answered with it
     * @param begunAt when the store was asked for it
     */
    public record Upload(String id, String key, String uploadId, Instant begunAt) {}

    /** Records an upload before the store is asked for it; returns our id of it. */
    public String add(Run run, String key, Instant begunAt) {
        String id = UUID.randomUUID().toString();
        database.update(
                "INSERT INTO " + table + " (id, object_key, upload_id, instance_id, epoch, begun_at)"
                        + " VALUES (?, ?, '', ?, ?, ?)",
                id,
                key,
                run.instanceId(),
                run.epoch(),
                begunAt.toEpochMilli());
        return id;
    }

    /** Records the store's id of an upload. */
    public void name(String id, String uploadId) {
        database.update("UPDATE " + table + " SET upload_id = ? WHERE id = ?", uploadId, id);
    }

    /** Deletes the record of an upload that was completed or removed. */
    public void remove(String id) {
        database.update("DELETE FROM " + table + " WHERE id = ?", id);
    }

    /** Returns the uploads that an instance's runs have begun. */
    public List<Upload> of(String instanceId) {
        return database.query(
                "SELECT " + COLUMNS + " FROM " + table + " u WHERE u.instance_id = ?", Uploads::read, instanceId);
    }

    /** Returns at most {@code limit} uploads whose run no longer carries its instance on. */
    public List<Upload> abandoned(int limit) {
        return database.query(
                "SELECT " + COLUMNS + " FROM " + table + " u WHERE NOT EXISTS (SELECT 1 FROM "
                        + database.dialect().table("instances")
                        + " i WHERE i.id = u.instance_id AND i.epoch = u.epoch AND i.status IN (?, ?))"
                        + " ORDER BY u.begun_at LIMIT ?",
                Uploads::read,
                Status.RUNNING.word(),
                Status.WAITING_FOR_PAUSE.word(),
                limit);
    }

    private static Upload read(ResultSet row) throws SQLException {
        return new Upload(row.getString(1), row.getString(2), row.getString(3), Instant.ofEpochMilli(row.getLong(4)));
    }
}
