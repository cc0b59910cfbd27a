package io.glulam.service.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import io.glulam.service.database.Database;
import io.glulam.service.json.Json;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The new files of table compactions, each written down before it is written. Writing methods throw {@link LostRun} and
 * write nothing, if the instance is another run's by then. Thread-safe.
 */
public final class TableFiles {
    private final Database database;
    private final RunLedger runs;
    private final String files;

    public TableFiles(Database database, RunLedger runs) {
        this.database = database;
        this.runs = runs;
        this.files = database.dialect().table("table_files");
    }

    /** The state of a file. */
    public enum State {
        /** It may be there, whole or not at all; no commit holds it. */
        WRITING,
        /** It is there, and no commit holds it. */
        WRITTEN,
        /** It is there, and a commit that was begun may hold it. */
        COMMITTING;

        private String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A file.
     *
     * @param work which compaction of the instance it is of
     * @param position of its output in the plan
     * @param place where it lies
     * @param file what the commit needs to know of it; null until it is written
     */
    public record TableFile(
            String work,
            int position,
            String place,
            State state,
            @Nullable JsonNode file) {}

    /** Returns the files of an instance that no finished commit holds. */
    public List<TableFile> of(String instanceId) {
        return database.query(
                "SELECT work, position, place, state, file FROM " + files
                        + " WHERE instance_id = ? ORDER BY work, position",
                row -> new TableFile(
                        row.getString(1),
                        row.getInt(2),
                        row.getString(3),
                        State.valueOf(row.getString(4).toUpperCase(Locale.ROOT)),
                        Json.parseNullable(row.getString(5))),
                instanceId);
    }

    /** Writes down where a file is about to be written, in place of an earlier attempt at the same output. */
    public void writing(Run run, String work, int position, String place) {
        database.transaction(session -> {
            runs.claim(session, run, null);
            session.update(
                    "DELETE FROM " + files + " WHERE instance_id = ? AND work = ? AND position = ?",
                    run.instanceId(),
                    work,
                    position);
            return session.update(
                    "INSERT INTO " + files + " (instance_id, work, position, place, state) VALUES (?, ?, ?, ?, ?)",
                    run.instanceId(),
                    work,
                    position,
                    place,
                    State.WRITING.word());
        });
    }

    /** Writes down that a file is written. */
    public void written(Run run, String work, int position, JsonNode file) {
        database.transaction(session -> {
            runs.claim(session, run, null);
            return session.update(
                    "UPDATE " + files + " SET state = ?, file = ? WHERE instance_id = ? AND work = ? AND position = ?",
                    State.WRITTEN.word(),
                    Json.text(file),
                    run.instanceId(),
                    work,
                    position);
        });
    }

    /** Writes down that a commit of some files of a compaction is about to begin. */
    public void committing(Run run, String work, List<Integer> positions) {
        database.transaction(session -> {
            runs.claim(session, run, null);
            int changed = 0;
            for (int position : positions) {
                changed += session.update(
                        "UPDATE " + files + " SET state = ? WHERE instance_id = ? AND work = ? AND position = ?",
                        State.COMMITTING.word(),
                        run.instanceId(),
                        work,
                        position);
            }
            return changed;
        });
    }

    /** Forgets a file that was removed, or that there will not be. */
    public void remove(String instanceId, String work, int position) {
        database.transaction(session -> session.update(
                "DELETE FROM " + files + " WHERE instance_id = ? AND work = ? AND position = ?",
                instanceId,
                work,
                position));
    }

    /** Forgets all files of a compaction: they are committed. */
    public void remove(String instanceId, String work) {
        database.transaction(session ->
                session.update("DELETE FROM " + files + " WHERE instance_id = ? AND work = ?", instanceId, work));
    }

    /** Returns instances that have ended and have files which no commit can hold. */
    public List<String> abandoned(int most) {
        return database.query(
                "SELECT DISTINCT f.instance_id FROM " + files + " f JOIN "
                        + database.dialect().table("instances")
                        + " i ON i.id = f.instance_id WHERE i.status IN (?, ?, ?) AND f.state <> ? LIMIT ?",
                row -> row.getString(1),
                Status.COMPLETE.word(),
                Status.ERRORED.word(),
                Status.TERMINATED.word(),
                State.COMMITTING.word(),
                most);
    }
}
