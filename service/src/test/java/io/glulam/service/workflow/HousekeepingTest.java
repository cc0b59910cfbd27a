package io.glulam.service.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.service.bucket.LocalBucket;
import io.glulam.service.catalog.Catalog;
import io.glulam.service.catalog.SqlCatalog;
import io.glulam.service.catalog.TableNames;
import io.glulam.service.database.Database;
import io.glulam.service.database.Migrations;
import io.glulam.service.ledger.Ledger;
import io.glulam.service.ledger.Leftovers;
import io.glulam.service.ledger.Uploads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What housekeeping deletes, and what it never does. */
class HousekeepingTest {
    private static final Instant PAST = Instant.parse("2026-01-31T12:00:00Z");

    @TempDir
    Path folder;

    private Path objects;
    private LocalBucket bucket;
    private Database database;
    private Catalog catalog;
    private Leftovers leftovers;
    private Housekeeping housekeeping;

    @BeforeEach
    void open() throws IOException {
        objects = Files.createDirectory(folder.resolve("bucket"));
        bucket = new LocalBucket(objects);
        database = Database.sqlite(folder.resolve("ledger.db"));
        Clock clock = Clock.systemUTC();
        Ledger ledger = new Ledger(database, clock);
        ledger.migrate();
        Database datasets = Database.sqlite(folder.resolve("catalog.db"));
        Migrations.apply(datasets, "datasets", 1);
        catalog = new SqlCatalog(datasets, TableNames.DEFAULTS, "SQLite");
        leftovers = new Leftovers(database);
        housekeeping = new Housekeeping(
                ledger,
                leftovers,
                new UploadRecord(bucket, new Uploads(database)),
                bucket,
                catalog,
                new InstanceScheduler(database, 1, id -> null),
                Duration.ofDays(30),
                clock,
                null);
    }

    @AfterEach
    void close() {
        catalog.close();
        database.close();
    }

    private Path object(String key) throws IOException {
        return Files.writeString(objects.resolve(key), key);
    }

    @Test
    void whatIsDueIsDeleted() throws IOException {
        Path old = object("old");
        Path later = object("later");
        leftovers.add("old", "", "a", PAST);
        leftovers.add("later", "", "a", Instant.now().plus(Duration.ofDays(1)));

        housekeeping.sweep();

        assertThat(old).doesNotExist();
        assertThat(later).exists();
    }

    @Test
    void whatHasChangedSinceIsSomebodyElses() throws IOException {
        Path old = object("old");
        leftovers.add("old", bucket.head("old").version(), "a", PAST);
        Files.writeString(old, "other bytes");

        housekeeping.sweep();

        assertThat(old).exists();
        assertThat(leftovers.contains("old")).isFalse();
    }

    @Test
    void theObjectOfADatasetIsNeverDeleted() throws IOException {
        // Another dataset has the object that one has moved away from, or a server died before it could tell.
        Path old = object("old");
        catalog.add("another", "old", false);
        leftovers.add("old", bucket.head("old").version(), "a", PAST);

        housekeeping.sweep();

        assertThat(old).exists();
        assertThat(leftovers.contains("old")).isFalse();
    }

    @Test
    void whatCannotBeDeletedIsInNobodysWay() throws IOException {
        object("real");
        Files.createSymbolicLink(objects.resolve("link"), objects.resolve("real"));
        Path old = object("old");
        leftovers.add("link", "", "a", PAST.minusSeconds(1));
        leftovers.add("old", "", "a", PAST);

        housekeeping.sweep();

        assertThat(old).doesNotExist();
        assertThat(objects.resolve("real")).exists();
        assertThat(leftovers.due(Instant.now(), 10)).isEmpty();
        assertThat(leftovers.contains("link")).isTrue();
    }
}
