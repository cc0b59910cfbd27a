package io.glulam.service.database;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;

/** Brings our own tables to this version's form. No other table is ever touched. */
public final class Migrations {
    /** Names the lock under which servers that start together migrate one after the other. */
    private static final long LOCK = 0x676c756c616d01L;

    private Migrations() {}

    /**
     * Applies the scripts {@code NAME-1.sql, NAME-2.sql, …} of a dialect that have not been applied yet.
     *
     * @param name which set of tables
     * @param versions how many scripts there are
     */
    public static void apply(Database database, String name, int versions) {
        database.transaction(session -> {
            if (database.dialect() == Dialect.POSTGRES) {
                session.query("SELECT pg_advisory_xact_lock(?)", row -> true, LOCK);
                makeSchema(session);
            }
            String table = database.dialect().table("schema_versions");
            session.update("CREATE TABLE IF NOT EXISTS " + table
                    + " (name VARCHAR(50) NOT NULL, version INTEGER NOT NULL, PRIMARY KEY (name, version))");
            secure(session, database.dialect(), table);
            List<Integer> applied =
                    session.query("SELECT version FROM " + table + " WHERE name = ?", row -> row.getInt(1), name);
            for (int version = 1; version <= versions; version++) {
                if (!applied.contains(version)) {
                    run(session, script(database.dialect(), name, version));
                    session.update("INSERT INTO " + table + " (name, version) VALUES (?, ?)", name, version);
                }
            }
            return true;
        });
    }

    /** Only where it is missing: even asking for what exists needs the right to make one. */
    private static void makeSchema(Database.Session session) throws SQLException {
        if (session.query("SELECT 1 FROM pg_namespace WHERE nspname = 'glulam'", row -> true)
                .isEmpty()) {
            session.update("CREATE SCHEMA glulam");
        }
    }

    private static void secure(Database.Session session, Dialect dialect, String table) throws SQLException {
        if (dialect == Dialect.POSTGRES) {
            session.update("ALTER TABLE " + table + " ENABLE ROW LEVEL SECURITY");
        }
    }

    private static void run(Database.Session session, String script) throws SQLException {
        for (String statement : script.split(";\\s*\\n", -1)) {
            if (!statement.isBlank()) {
                session.update(statement.strip());
            }
        }
    }

    private static String script(Dialect dialect, String name, int version) {
        String file = name + "-" + version + (dialect == Dialect.POSTGRES ? ".postgres.sql" : ".sqlite.sql");
        try (InputStream script = Migrations.class.getResourceAsStream(file)) {
            if (script == null) {
                throw new IllegalStateException("no migration " + file);
            }
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
