package io.glulam.service.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A pool of connections to one database. Every statement is a transaction of its own, unless it runs inside
 * {@link #transaction}. Thread-safe; all methods throw {@link DatabaseFailed}.
 */
public final class Database implements AutoCloseable {
    private static final int SQLITE_CONNECTIONS = 4;
    private static final int POSTGRES_CONNECTIONS = 8;
    private static final long CONNECTION_TIMEOUT_MILLIS = 10_000;

    private final HikariDataSource source;
    private final Dialect dialect;

    private Database(HikariDataSource source, Dialect dialect) {
        this.source = source;
        this.dialect = dialect;
    }

    /** A file, made if it is missing. Only one process at a time may use it. */
    public static Database sqlite(Path file) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl("jdbc:sqlite:" + file);
        config.addDataSourceProperty("journal_mode", "WAL");
        config.addDataSourceProperty("busy_timeout", "20000");
        config.addDataSourceProperty("transaction_mode", "IMMEDIATE");
        config.addDataSourceProperty("foreign_keys", "true");
        config.setMaximumPoolSize(SQLITE_CONNECTIONS);
        return open(config, Dialect.SQLITE);
    }

    /** A Postgres server; poolers in transaction mode too. */
    public static Database postgres(PostgresAddress address) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(address.jdbcUrl());
        if (address.user() != null) {
            config.setUsername(address.user());
        }
        if (address.password() != null) {
            config.setPassword(address.password());
        }
        // A pooler in transaction mode gives every transaction another session: nothing may be kept in one.
        config.addDataSourceProperty("prepareThreshold", "0");
        config.addDataSourceProperty("ApplicationName", "glulam");
        config.addDataSourceProperty("tcpKeepAlive", "true");
        config.addDataSourceProperty("socketTimeout", "60");
        config.setMaximumPoolSize(POSTGRES_CONNECTIONS);
        return open(config, Dialect.POSTGRES);
    }

    private static Database open(HikariConfig config, Dialect dialect) {
        config.setPoolName("glulam-" + dialect.name().toLowerCase(java.util.Locale.ROOT));
        config.setConnectionTimeout(CONNECTION_TIMEOUT_MILLIS);
        config.setMinimumIdle(1);
        config.setInitializationFailTimeout(CONNECTION_TIMEOUT_MILLIS);
        try {
            return new Database(new HikariDataSource(config), dialect);
        } catch (RuntimeException e) {
            throw new DatabaseFailed("cannot connect to the database", rootCause(e));
        }
    }

    private static Throwable rootCause(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    /** Returns the dialect of this database. */
    public Dialect dialect() {
        return dialect;
    }

    /** The pool, for libraries. */
    public DataSource source() {
        return source;
    }

    /** Runs a statement and gives how many rows it changed. */
    public int update(String sql, @Nullable Object... arguments) {
        return once(session -> session.update(sql, arguments));
    }

    /** Runs a query and gives what it found. */
    public <T> List<T> query(String sql, RowReader<T> reader, @Nullable Object... arguments) {
        return once(session -> session.query(sql, reader, arguments));
    }

    /** Runs a query that finds one row at most. */
    public <T> Optional<T> first(String sql, RowReader<T> reader, @Nullable Object... arguments) {
        return query(sql, reader, arguments).stream().findFirst();
    }

    private <T> T once(Work<T> work) {
        try (Connection connection = source.getConnection()) {
            return work.run(new Session(connection));
        } catch (SQLException e) {
            throw new DatabaseFailed("the database failed", e);
        }
    }

    /** Runs statements that all hold or none. Must not be called inside itself. */
    public <T> T transaction(Work<T> work) {
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            try {
                T result = work.run(new Session(connection));
                connection.commit();
                return result;
            } catch (SQLException | RuntimeException e) {
                rollBack(connection, e);
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw new DatabaseFailed("the database failed", e);
        }
    }

    private static void rollBack(Connection connection, Exception cause) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }

    @Override
    public void close() {
        source.close();
    }

    /** Reads one row. */
    @FunctionalInterface
    public interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** Statements that belong together. */
    @FunctionalInterface
    public interface Work<T> {
        T run(Session session) throws SQLException;
    }

    /** A transaction's connection. */
    public static final class Session {
        private final Connection connection;

        Session(Connection connection) {
            this.connection = connection;
        }

        /** As {@link Database#update}. */
        public int update(String sql, @Nullable Object... arguments) throws SQLException {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                bind(statement, arguments);
                return statement.executeUpdate();
            }
        }

        /** As {@link Database#query}. */
        public <T> List<T> query(String sql, RowReader<T> reader, @Nullable Object... arguments) throws SQLException {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                bind(statement, arguments);
                List<T> rows = new ArrayList<>();
                try (ResultSet result = statement.executeQuery()) {
                    while (result.next()) {
                        rows.add(reader.read(result));
                    }
                }
                return rows;
            }
        }

        private static void bind(PreparedStatement statement, @Nullable Object... arguments) throws SQLException {
            for (int i = 0; i < arguments.length; i++) {
                statement.setObject(i + 1, arguments[i]);
            }
        }
    }
}
