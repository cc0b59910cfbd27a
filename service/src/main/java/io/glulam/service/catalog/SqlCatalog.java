package io.glulam.service.catalog;

import io.glulam.service.catalog.SqlTypes.ColumnForm;
import io.glulam.service.database.Database;
import io.glulam.service.database.DatabaseFailed;
import io.glulam.service.database.Dialect;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A catalog in a table of SQLite or Postgres, which may belong to another application: only its rows are changed, never its form. */
public final class SqlCatalog implements Catalog {
    /** In one statement. */
    private static final int MAX_KEYS = 500;

    private final Database database;
    private final TableNames names;
    private final String place;
    private volatile @Nullable SqlTypes types;

    /**
     * @param database is closed together with the catalog
     * @param place where it is, for people
     */
    public SqlCatalog(Database database, TableNames names, String place) {
        this.database = database;
        this.names = names;
        this.place = place;
    }

    @Override
    public String describe() {
        return place + ", table " + names.table();
    }

    @Override
    public void check() {
        guarded(() -> list("", true, 1));
    }

    @Override
    public Optional<Dataset> find(String id) {
        return guarded(() -> {
            try {
                return database.first(
                        "SELECT " + columns() + " FROM " + names.qualifiedTable() + " WHERE " + id(), this::read, id);
            } catch (DatabaseFailed failure) {
                if (SqlTypes.isNoSuchValue(failure)) {
                    return Optional.empty();
                }
                throw failure;
            }
        });
    }

    @Override
    public List<Dataset> list(String after, boolean flagged, int limit) {
        return guarded(() -> {
            List<Object> arguments = new ArrayList<>();
            List<String> conditions = new ArrayList<>();
            if (!after.isEmpty()) {
                conditions.add(types().id().text() + " > ?");
                arguments.add(after);
            }
            if (flagged) {
                conditions.add(TableNames.quoted(names.compactionNeeded()) + " = ?");
                arguments.add(true);
            }
            arguments.add(limit);
            String where = conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
            return database.query(
                    "SELECT " + columns() + " FROM " + names.qualifiedTable() + where + " ORDER BY "
                            + types().id().text() + " LIMIT ?",
                    this::read,
                    arguments.toArray());
        });
    }

    @Override
    public List<Dataset> withKeys(Collection<String> keys) {
        String key = names.key();
        List<String> wanted = List.copyOf(keys);
        List<Dataset> found = new ArrayList<>();
        for (int from = 0; key != null && from < wanted.size(); from += MAX_KEYS) {
            List<String> some = wanted.subList(from, Math.min(wanted.size(), from + MAX_KEYS));
            found.addAll(guarded(() -> database.query(
                    "SELECT " + columns() + " FROM " + names.qualifiedTable() + " WHERE " + TableNames.quoted(key)
                            + " IN (" + String.join(", ", Collections.nCopies(some.size(), "?")) + ")",
                    this::read,
                    some.toArray())));
        }
        return found;
    }

    @Override
    public UpdateResult update(String id, DatasetUpdate update) {
        return guarded(() -> {
            if (update.clearFlagIf() != null && write(id, update, update.clearFlagIf()) > 0) {
                return UpdateResult.FLAG_CLEARED;
            }
            Optional<Dataset> row = find(id);
            if (row.isEmpty()) {
                return UpdateResult.MISSING;
            }
            if (update.clearFlagIf() != null && update.isWrittenIn(row.get())) {
                return UpdateResult.FLAG_CLEARED;
            }
            return write(id, update, null) > 0 ? UpdateResult.FLAG_KEPT : UpdateResult.MISSING;
        });
    }

    private int write(String id, DatasetUpdate update, @Nullable String clearFlagIf) {
        List<Object> arguments = new ArrayList<>();
        StringBuilder set = new StringBuilder();
        set.append(TableNames.quoted(names.fileSizeBytes())).append(" = ?");
        arguments.add(update.fileSizeBytes());
        if (update.lastCompactedAt() != null) {
            set.append(", ").append(TableNames.quoted(names.lastCompactedAt())).append(" = ");
            set.append(types().lastCompactedAt().parameter());
            arguments.add(update.lastCompactedAt().toString());
        }
        String where = id();
        if (clearFlagIf != null) {
            set.append(", ").append(TableNames.quoted(names.compactionNeeded())).append(" = ?");
            arguments.add(false);
            where += " AND " + types().version().text() + " = ?";
        }
        arguments.add(id);
        if (clearFlagIf != null) {
            arguments.add(clearFlagIf);
        }
        return database.update(
                "UPDATE " + names.qualifiedTable() + " SET " + set + " WHERE " + where, arguments.toArray());
    }

    @Override
    public boolean changeKey(String id, String from, String to) {
        if (names.key() == null) {
            throw noKeys();
        }
        String key = TableNames.quoted(names.key());
        return guarded(() -> database.update(
                                "UPDATE " + names.qualifiedTable() + " SET " + key + " = ? WHERE " + id() + " AND "
                                        + key + " = ?",
                                to,
                                id,
                                from)
                        > 0
                || find(id).filter(row -> to.equals(row.key())).isPresent());
    }

    @Override
    public boolean add(String id, String key, boolean flagged) {
        if (names.key() == null) {
            throw noKeys();
        }
        String columns = TableNames.quoted(names.id()) + ", " + TableNames.quoted(names.key()) + ", "
                + TableNames.quoted(names.compactionNeeded()) + ", " + TableNames.quoted(names.version());
        return guarded(() -> database.update(
                        "INSERT INTO " + names.qualifiedTable() + " (" + columns + ") VALUES ("
                                + types().id().parameter() + ", ?, ?, "
                                + types().version().now()
                                + ") ON CONFLICT DO NOTHING",
                        id,
                        key,
                        flagged)
                > 0);
    }

    @Override
    public boolean flag(String id) {
        return guarded(() -> database.update(
                        "UPDATE " + names.qualifiedTable() + " SET "
                                + TableNames.quoted(names.compactionNeeded()) + " = ?, "
                                + TableNames.quoted(names.version()) + " = "
                                + types().version().now() + " WHERE " + id(),
                        true,
                        id)
                > 0);
    }

    @Override
    public void close() {
        database.close();
    }

    private String id() {
        return TableNames.quoted(names.id()) + " = " + types().id().parameter();
    }

    private String columns() {
        SqlTypes forms = types();
        return forms.id().text() + ", " + (names.key() == null ? "NULL" : TableNames.quoted(names.key())) + ", "
                + TableNames.quoted(names.compactionNeeded()) + ", "
                + forms.lastCompactedAt().text() + ", " + TableNames.quoted(names.fileSizeBytes()) + ", "
                + forms.version().text();
    }

    private Dataset read(ResultSet row) throws SQLException {
        String lastCompacted = row.getString(4);
        long size = row.getLong(5);
        Long fileSize = row.wasNull() ? null : size;
        String version = row.getString(6);
        return new Dataset(
                row.getString(1),
                row.getString(2),
                row.getBoolean(3),
                lastCompacted == null ? null : ColumnForm.instant(lastCompacted),
                fileSize,
                version == null ? "" : version);
    }

    private SqlTypes types() {
        SqlTypes known = types;
        if (known == null) {
            known = SqlTypes.of(database, names);
            types = known;
        }
        return known;
    }

    private static CatalogFailed noKeys() {
        return new CatalogFailed(
                "the catalog's table has no column for keys",
                "name one, or add datasets where they are kept",
                false,
                null);
    }

    private <T> T guarded(java.util.function.Supplier<T> work) {
        try {
            return work.get();
        } catch (DatabaseFailed failure) {
            boolean ours = failure.state().startsWith("42");
            throw new CatalogFailed(
                    "the catalog (" + describe() + ") cannot be used: " + failure.getMessage(),
                    ours
                            ? "check the names of table and columns, and what the role may do"
                            : database.dialect() == Dialect.POSTGRES
                                    ? "check that the database can be reached"
                                    : "check the folder of the data",
                    !ours,
                    failure);
        }
    }
}
