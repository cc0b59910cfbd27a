package io.glulam.service.ledger;

import io.glulam.service.json.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The ledger's rows as values. */
final class Rows {
    static final String INSTANCE =
            "id, dataset_id, object_key, request, status, command, epoch, progress, output, error,"
                    + " created_at, updated_at, ended_at";
    static final String STEP = "position, name, attempts, output, started_at, ended_at";

    private Rows() {}

    static Instance instance(ResultSet row) throws SQLException {
        return new Instance(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                Json.parse(row.getString(4)),
                status(row.getString(5)),
                row.getString(6) != null,
                row.getLong(7),
                Json.parseNullable(row.getString(8)),
                Json.parseNullable(row.getString(9)),
                Json.parseNullable(row.getString(10)),
                new InstanceTimes(
                        Instant.ofEpochMilli(row.getLong(11)), Instant.ofEpochMilli(row.getLong(12)), moment(row, 13)));
    }

    static StepRecord step(ResultSet row) throws SQLException {
        return new StepRecord(
                row.getInt(1),
                row.getString(2),
                StepAttempts.read(Json.parse(row.getString(3))),
                Json.parseNullable(row.getString(4)),
                Instant.ofEpochMilli(row.getLong(5)),
                moment(row, 6));
    }

    static Status status(String word) {
        return Status.of(word).orElseThrow(() -> new IllegalStateException("the ledger holds a status " + word));
    }

    private static @Nullable Instant moment(ResultSet row, int column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? null : Instant.ofEpochMilli(millis);
    }
}
