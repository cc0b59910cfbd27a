package io.glulam.service.database;

/** The SQL dialects of the databases. */
public enum Dialect {
    SQLITE,
    POSTGRES;

    /** The name of one of our own tables: in Postgres they live in a schema of their own. */
    public String table(String name) {
        return this == POSTGRES ? "glulam." + name : name;
    }
}
