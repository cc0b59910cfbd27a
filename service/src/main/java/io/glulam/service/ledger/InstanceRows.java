package io.glulam.service.ledger;

import io.glulam.service.database.Database;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads single instances within a transaction.
 *
 * @param table of instances
 */
record InstanceRows(String table) {
    /** Returns the instance of that id. */
    Optional<Instance> find(Database.Session session, String id) throws SQLException {
        return session
                .query("SELECT " + Rows.INSTANCE + " FROM " + table + " WHERE id = ?", Rows::instance, id)
                .stream()
                .findFirst();
    }

    /** Returns the instance that is queued for an object. */
    Optional<Instance> queuedFor(Database.Session session, @Nullable String key) throws SQLException {
        return session
                .query(
                        "SELECT " + Rows.INSTANCE + " FROM " + table + " WHERE status = ? AND object_key = ?",
                        Rows::instance,
                        Status.QUEUED.word(),
                        key)
                .stream()
                .findFirst();
    }
}
