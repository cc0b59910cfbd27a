package io.glulam.service.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.service.PostgresServer;
import io.glulam.service.database.Database;
import java.time.Clock;
import org.junit.jupiter.api.Test;

class PostgresLedgerTest extends LedgerContract {
    @Override
    Database open() {
        return PostgresServer.open(PostgresServer.newDatabase());
    }

    @Test
    void aRoleThatOwnsTheSchemaNeedsNoOtherRight() {
        String address = PostgresServer.newDatabase();
        String name = PostgresServer.nameOf(address);
        PostgresServer.run(
                name,
                "CREATE ROLE role_" + name + " LOGIN PASSWORD 'x'; CREATE SCHEMA glulam AUTHORIZATION role_" + name);

        try (Database database = PostgresServer.open(address.replace("postgres:postgres@", "role_" + name + ":x@"))) {
            Ledger ledger = new Ledger(database, Clock.systemUTC());
            ledger.migrate();
            ledger.migrate();

            assertThat(ledger.queued()).isZero();
        }
    }

    @Test
    void everyTableOfOursHasRowLevelSecurity() {
        try (Database database = open()) {
            new Ledger(database, Clock.systemUTC()).migrate();

            assertThat(database.query(
                            "SELECT relname FROM pg_class WHERE relnamespace = 'glulam'::regnamespace"
                                    + " AND relkind = 'r' AND NOT relrowsecurity",
                            row -> row.getString(1)))
                    .isEmpty();
            assertThat(database.query(
                            "SELECT COUNT(*) FROM pg_tables WHERE schemaname = 'glulam'", row -> row.getInt(1)))
                    .containsExactly(10);
        }
    }
}
