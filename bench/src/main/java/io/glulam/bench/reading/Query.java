package io.glulam.bench.reading;

import io.glulam.bench.duckdb.DuckDb;
import java.nio.file.Path;

/**
 * Something that is asked of every file.
 *
 * @param kind what it stands for; the times of all queries of a kind are added up
 * @param about the column that it is about, for the remarks
 * @param select what comes before the file, with {@code FROM}
 * @param condition what comes behind it; empty for all rows
 */
record Query(Kind kind, String about, String select, String condition) {
    /** What readers do with a file, and the heading of its column. */
    enum Kind {
        SCAN("full scan"),
        COLUMN("one column"),
        SORTED("look-up, sorted"),
        UNSORTED("look-up, unsorted");

        private final String heading;

        Kind(String heading) {
            this.heading = heading;
        }

        String heading() {
            return heading;
        }
    }

    /** Decodes all values of all columns; its result says whether two files hold the same values. */
    static Query scan() {
        return new Query(Kind.SCAN, "all columns", "SELECT sum(hash(COLUMNS(*))) FROM ", "");
    }

    /** Decodes all values of a column. */
    static Query column(String name) {
        return new Query(Kind.COLUMN, name, "SELECT sum(hash(" + DuckDb.identifier(name) + ")) FROM ", "");
    }

    /** All columns of the rows where a column has a value. */
    static Query lookUp(Kind kind, String column, String type, String value) {
        String condition = " WHERE %s = '%s'::%s".formatted(DuckDb.identifier(column), value.replace("'", "''"), type);
        return new Query(kind, column, "SELECT sum(hash(COLUMNS(*))) FROM ", condition);
    }

    String sql(Path file) {
        return select + DuckDb.quoted(file) + condition;
    }
}
