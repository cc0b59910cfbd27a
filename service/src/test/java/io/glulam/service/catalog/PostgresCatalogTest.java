package io.glulam.service.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glulam.service.PostgresServer;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tables that others have made, in several forms. */
@Tag("once")
class PostgresCatalogTest {
    private static Catalog open(String sql, TableNames names) {
        String address = PostgresServer.newDatabase();
        PostgresServer.run(PostgresServer.nameOf(address), sql);
        return new SqlCatalog(PostgresServer.open(address), names, "Postgres");
    }

    @Nested
    class AsTheSketchHasIt extends CatalogContract {
        @Override
        Catalog open() {
            return PostgresCatalogTest.open("""
                CREATE TABLE datasets (
                  id text PRIMARY KEY,
                  bucket_key text,
                  compaction_needed boolean NOT NULL DEFAULT false,
                  last_compacted_at timestamptz,
                  file_size_bytes bigint,
                  updated_at timestamptz NOT NULL DEFAULT now())
                """, TableNames.DEFAULTS);
        }
    }

    /** UUIDs, a trigger that changes the version with every change, other names, times without a zone. */
    @Nested
    class AsSomebodyElseHasIt extends CatalogContract {
        @Override
        Catalog open() {
            return PostgresCatalogTest.open(
                    """
                    CREATE SCHEMA app;
                    CREATE TABLE app."Data Sets" (
                      "the id" uuid PRIMARY KEY,
                      path varchar(200),
                      flag boolean,
                      compacted timestamp,
                      bytes integer,
                      changed timestamp);
                    CREATE FUNCTION app.touch() RETURNS trigger LANGUAGE plpgsql AS
                      'BEGIN NEW.changed = clock_timestamp(); RETURN NEW; END';
                    CREATE TRIGGER touch BEFORE UPDATE ON app."Data Sets"
                      FOR EACH ROW EXECUTE FUNCTION app.touch();
                    """, new TableNames("app", "Data Sets", "the id", "path", "flag", "compacted", "bytes", "changed"));
        }

        @Override
        List<String> ids() {
            return List.of(
                    "11111111-1111-4111-8111-111111111111",
                    "22222222-2222-4222-8222-222222222222",
                    "33333333-3333-4333-8333-333333333333");
        }
    }

    @Test
    void aRowThatWasNeverChangedHasAVersionToo() {
        try (Catalog catalog = open(
                """
                CREATE TABLE datasets (id int PRIMARY KEY, compaction_needed boolean, last_compacted_at timestamptz,
                  file_size_bytes bigint, updated_at timestamptz);
                INSERT INTO datasets VALUES (7, true);
                """,
                new TableNames(
                        null,
                        "datasets",
                        "id",
                        null,
                        "compaction_needed",
                        "last_compacted_at",
                        "file_size_bytes",
                        "updated_at"))) {
            Dataset dataset = catalog.find("7").orElseThrow();

            assertThat(dataset.version()).isEmpty();
            assertThat(dataset.key()).isNull();
            assertThat(catalog.update("7", new DatasetUpdate(null, 1, ""))).isEqualTo(UpdateResult.FLAG_CLEARED);
            assertThat(catalog.find("99999999999999999999")).isEmpty();
        }
    }

    @Test
    void namesWhatIsMissing() {
        try (Catalog catalog = open("CREATE TABLE datasets (id text)", TableNames.DEFAULTS)) {
            assertThatThrownBy(catalog::check)
                    .isInstanceOf(CatalogFailed.class)
                    .hasMessageContaining("last_compacted_at");
        }
        try (Catalog catalog = open("SELECT 1", TableNames.DEFAULTS)) {
            assertThatThrownBy(catalog::check)
                    .isInstanceOf(CatalogFailed.class)
                    .hasMessageContaining("datasets")
                    .satisfies(failure ->
                            assertThat(((CatalogFailed) failure).retryable()).isFalse());
        }
    }
}
