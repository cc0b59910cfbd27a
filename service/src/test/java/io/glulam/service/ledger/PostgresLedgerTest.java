package io.glulam.service.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.service.PostgresServer;
import io.glulam.service.database.Database;
import io.glulam.service.json.Json;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("once")
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
                    .containsExactly(11);
        }
    }

    @Test
    void aRequestForAnObjectWhoseInstanceJustBeginsIsNoConflict() throws Exception {
        try (Database database = open()) {
            askWhileInstancesBegin(database);
        }
    }

    private static void askWhileInstancesBegin(Database database) throws Exception {
        Ledger ledger = new Ledger(database, Clock.systemUTC());
        ledger.migrate();
        RunLedger runs = new RunLedger(database, Clock.systemUTC());
        ExecutorService threads = Executors.newFixedThreadPool(5);
        AtomicBoolean done = new AtomicBoolean();
        try {
            Future<?> runner = threads.submit(() -> {
                while (!done.get()) {
                    for (Instance queued : ledger.list(new InstanceFilter(Status.QUEUED, null, null, null, 1))) {
                        if (runs.begin(queued.id()) instanceof RunLedger.Beginning.Begun begun) {
                            runs.leave(begun.run(), Status.COMPLETE, Json.object(), null);
                        }
                    }
                }
            });
            List<Future<Integer>> askers = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                askers.add(threads.submit(() -> {
                    int refused = 0;
                    for (int j = 0; j < 1500; j++) {
                        refused += ledger.create(null, "x", "key", Json.object(), null)
                                        .isEmpty()
                                ? 1
                                : 0;
                    }
                    return refused;
                }));
            }
            for (Future<Integer> asker : askers) {
                assertThat(asker.get()).isZero();
            }
            done.set(true);
            runner.get();
        } finally {
            done.set(true);
            threads.shutdownNow();
        }
    }
}
