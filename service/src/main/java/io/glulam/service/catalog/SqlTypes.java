package io.glulam.service.catalog;

import io.glulam.service.database.Database;
import io.glulam.service.database.DatabaseFailed;
import io.glulam.service.database.Dialect;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;

/**
 * The columns of another application's table, whose types we do not choose: how each is read as text, and written from text.
 *
 * @param id of the dataset
 * @param lastCompactedAt a time
 * @param version of the row
 */
record SqlTypes(ColumnForm id, ColumnForm lastCompactedAt, ColumnForm version) {
    /** Cannot be read as the column's type: an id that is no UUID, say. */
    private static final String INVALID_TEXT = "22P02";

    private static final String OUT_OF_RANGE = "22003";

    static SqlTypes of(Database database, TableNames names) {
        if (database.dialect() == Dialect.SQLITE) {
            return new SqlTypes(
                    ColumnForm.plain(names.id()),
                    ColumnForm.plain(names.lastCompactedAt()),
                    ColumnForm.plain(names.version()).orEmpty());
        }
        return new SqlTypes(
                ColumnForm.typed(names.id(), typeOf(database, names, names.id())),
                ColumnForm.typed(names.lastCompactedAt(), typeOf(database, names, names.lastCompactedAt())),
                ColumnForm.typed(names.version(), typeOf(database, names, names.version()))
                        .orEmpty());
    }

    private static String typeOf(Database database, TableNames names, String column) {
        return database.transaction(session -> session
                .query(
                        "SELECT format_type(atttypid, atttypmod) FROM pg_attribute WHERE attrelid = ?::regclass"
                                + " AND attname = ? AND NOT attisdropped",
                        row -> row.getString(1),
                        names.qualifiedTable(),
                        column)
                .stream()
                .findFirst()
                .orElseThrow(() -> new SQLException("there is no column " + column, "42703")));
    }

    /** Whether the database refused a value because no row could ever hold it. */
    static boolean isNoSuchValue(DatabaseFailed failure) {
        return failure.state().equals(INVALID_TEXT) || failure.state().equals(OUT_OF_RANGE);
    }

    /**
     * A column's form.
     *
     * @param text the expression that reads it as text, the same in every session
     * @param parameter the placeholder that takes text
     * @param now the expression for the present moment
     */
    record ColumnForm(String text, String parameter, String now) {
        private static final DateTimeFormatter SPACED = new DateTimeFormatterBuilder()
                .append(DateTimeFormatter.ISO_LOCAL_DATE)
                .appendLiteral(' ')
                .append(DateTimeFormatter.ISO_LOCAL_TIME)
                .toFormatter(java.util.Locale.ROOT);

        /** SQLite's: text is text. */
        static ColumnForm plain(String column) {
            // Nanoseconds alone would repeat within a clock's tick.
            return new ColumnForm(
                    TableNames.quoted(column),
                    "?",
                    "strftime('%Y-%m-%dT%H:%M:%fZ', 'now') || '-' || lower(hex(randomblob(4)))");
        }

        static ColumnForm typed(String column, String type) {
            String quoted = TableNames.quoted(column);
            String now = type.equals("timestamp without time zone")
                    ? "(clock_timestamp() AT TIME ZONE 'UTC')"
                    : "clock_timestamp()";
            String text = type.equals("timestamp with time zone")
                    ? "(" + quoted + " AT TIME ZONE 'UTC')::text"
                    : quoted + "::text";
            boolean time = type.startsWith("timestamp");
            String parameter =
                    type.equals("timestamp without time zone") ? "(?::timestamptz AT TIME ZONE 'UTC')" : "?::" + type;
            return new ColumnForm(text, parameter, time ? now : "clock_timestamp()::text::" + type);
        }

        /** The same, with empty text for no value. */
        ColumnForm orEmpty() {
            return new ColumnForm("COALESCE(" + text + ", '')", parameter, now);
        }

        /** The moment that a column's text names. */
        static Instant instant(String text) {
            if (text.indexOf('T') > 0) {
                return OffsetDateTime.parse(text).toInstant();
            }
            return LocalDateTime.parse(text, SPACED).toInstant(ZoneOffset.UTC);
        }
    }
}
