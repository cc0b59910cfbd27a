package io.glulam.service.ledger;

import io.glulam.service.database.Database;
import java.time.Clock;

/** Versions of objects that were refused, so that they are not picked up again until they change. Thread-safe. */
public final class Refusals {
    /** The version of an object that is missing. */
    public static final String MISSING = "";

    private final Database database;
    private final Clock clock;
    private final String table;

    public Refusals(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
        this.table = database.dialect().table("refusals");
    }

    /** Records that a version was refused. */
    public void add(String key, String version, String instanceId) {
        database.update(
                "INSERT INTO " + table + " (object_key, version, instance_id, created_at) VALUES (?, ?, ?, ?)"
                        + " ON CONFLICT (object_key) DO UPDATE SET version = excluded.version,"
                        + " instance_id = excluded.instance_id, created_at = excluded.created_at",
                key,
                version,
                instanceId,
                clock.millis());
    }

    /** Returns whether any version of the object was refused. */
    public boolean isKnown(String key) {
        return database.first("SELECT 1 FROM " + table + " WHERE object_key = ?", row -> true, key)
                .isPresent();
    }

    /** Returns whether this version was refused, and deletes the refusal of another version. */
    public boolean holds(String key, String version) {
        database.update("DELETE FROM " + table + " WHERE object_key = ? AND version <> ?", key, version);
        return isKnown(key);
    }
}
