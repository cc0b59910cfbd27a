package io.glulam.service;

import io.glulam.service.database.Database;
import io.glulam.service.database.PostgresAddress;
import io.glulam.testkit.port.FreePort;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A real Postgres for the tests of this process, started when it is first asked for. Where {@code GLULAM_PGBOUNCER} names
 * PgBouncer's executable, addresses lead through it, in transaction mode.
 */
public final class PostgresServer {
    private static final AtomicInteger DATABASES = new AtomicInteger();
    private static EmbeddedPostgres server;
    private static int port;

    private PostgresServer() {}

    private static synchronized EmbeddedPostgres server() {
        if (server == null) {
            try {
                server = EmbeddedPostgres.builder()
                        .setPGStartupWait(Duration.ofMinutes(2))
                        .setPort(FreePort.find())
                        .start();
                port = Pooler.executable().isPresent() ? Pooler.start(server.getPort()) : server.getPort();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return server;
    }

    /** The address of a new, empty database. */
    public static String newDatabase() {
        String name = "test_" + DATABASES.incrementAndGet();
        run("postgres", "CREATE DATABASE " + name);
        return "postgres://postgres:postgres@localhost:" + port + "/" + name;
    }

    /** A pool of connections to a new, empty database. */
    public static Database open(String address) {
        return Database.postgres(PostgresAddress.parse(address));
    }

    /** Runs SQL as the superuser. */
    public static void run(String database, String sql) {
        try (Connection connection = connection(database);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A connection of its own, as the superuser. */
    public static Connection connection(String database) throws SQLException {
        return server().getDatabase("postgres", database).getConnection();
    }

    /** The name of the database that an address leads to. */
    public static String nameOf(String address) {
        return address.substring(address.lastIndexOf('/') + 1);
    }
}
