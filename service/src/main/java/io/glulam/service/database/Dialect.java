package io.glulam.service.database;

/** How the SQL of the databases that we use differs. */
public enum Dialect {
    SQLITE,
    POSTGRES;

    /** The name of one of our own tables: in Postgres they live in a schema of their own. */
    public String table(String name) {
        return this == POSTGRES ? "glulam." + name : name;
    }
}
