package io.glulam.service.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.glulam.service.PostgresServer;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Supabase's Data API, by a stand-in over a real Postgres that {@code SupabaseClientTest} holds to the real client. */
@Tag("once")
class DataApiCatalogTest {
    /** UUIDs, a trigger that changes the version with every change, other names and another schema. */
    private static final String SOMEBODY_ELSES = """
        CREATE SCHEMA app;
        CREATE TABLE app."Data Sets" (
          "the id" uuid PRIMARY KEY,
          "path, or key" varchar(200),
          flag boolean,
          compacted timestamp,
          bytes integer,
          "changed.at" timestamp);
        CREATE FUNCTION app.touch() RETURNS trigger LANGUAGE plpgsql AS
          'BEGIN NEW."changed.at" = clock_timestamp(); RETURN NEW; END';
        CREATE TRIGGER touch BEFORE UPDATE ON app."Data Sets" FOR EACH ROW EXECUTE FUNCTION app.touch();
        GRANT USAGE ON SCHEMA app TO service_role;
        GRANT ALL ON app."Data Sets" TO service_role;
        CREATE TABLE plain (id int PRIMARY KEY, compaction_needed boolean, last_compacted_at timestamptz,
          file_size_bytes bigint, updated_at bigint);
        GRANT ALL ON plain TO service_role;
        """;

    private static final String EMPTY = "TRUNCATE datasets, app.\"Data Sets\", plain";

    private static SupabaseStandIn standIn;

    @BeforeAll
    static void start() {
        standIn = SupabaseStandIn.start(SupabaseStandIn.SKETCH + SOMEBODY_ELSES, "public", "app");
    }

    @AfterAll
    static void stop() {
        standIn.close();
    }

    @BeforeEach
    void empty() {
        PostgresServer.run(standIn.database(), EMPTY);
    }

    @AfterEach
    void everyFaultWasMet() {
        assertThat(standIn.faultsLeft()).isZero();
    }

    private static Catalog open(SupabaseStandIn standIn, String key, TableNames names) {
        return new DataApiCatalog(standIn.url(), DataApiKey.parse(key), names);
    }

    private Catalog open(TableNames names) {
        return open(standIn, SupabaseStandIn.SECRET, names);
    }

    private static TableNames table(String schema, String table) {
        return new TableNames(
                schema,
                table,
                "id",
                "bucket_key",
                "compaction_needed",
                "last_compacted_at",
                "file_size_bytes",
                "updated_at");
    }

    @Nested
    class WithASecretKey extends CatalogContract {
        @Override
        Catalog open() {
            return DataApiCatalogTest.open(standIn, SupabaseStandIn.SECRET, TableNames.DEFAULTS);
        }
    }

    @Nested
    class AsSomebodyElseHasIt extends CatalogContract {
        @Override
        Catalog open() {
            return DataApiCatalogTest.open(
                    standIn,
                    SupabaseStandIn.SECRET,
                    new TableNames(
                            "app", "Data Sets", "the id", "path, or key", "flag", "compacted", "bytes", "changed.at"));
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
        PostgresServer.run(
                standIn.database(),
                "INSERT INTO plain VALUES (7, true, NULL, NULL, NULL),"
                        + " (8, true, '1999-12-31 23:59:59.5+05', 3, 9007199254740993)");
        TableNames names = new TableNames(
                null, "plain", "id", null, "compaction_needed", "last_compacted_at", "file_size_bytes", "updated_at");
        try (Catalog catalog = open(names)) {
            assertThat(catalog.find("7").orElseThrow()).isEqualTo(new Dataset("7", null, true, null, null, ""));
            assertThat(catalog.find("8").orElseThrow())
                    .isEqualTo(new Dataset(
                            "8", null, true, Instant.parse("1999-12-31T18:59:59.5Z"), 3L, "9007199254740993"));
            assertThat(catalog.update("7", new DatasetUpdate(null, 1, ""))).isEqualTo(UpdateResult.FLAG_CLEARED);
            assertThat(catalog.update("8", new DatasetUpdate(null, 1, "9007199254740992")))
                    .isEqualTo(UpdateResult.FLAG_KEPT);
            assertThat(catalog.find("99999999999999999999")).isEmpty();
            assertThatThrownBy(() -> catalog.changeKey("7", "a", "b")).isInstanceOf(CatalogFailed.class);
        }
    }

    @Test
    void aServiceRoleTokenOpensItToo() {
        try (Catalog catalog = open(standIn, SupabaseStandIn.SERVICE_ROLE, TableNames.DEFAULTS)) {
            assertThat(catalog.add("a", "key", true)).isTrue();
            assertThat(catalog.flag("a")).isTrue();
            assertThat(catalog.list("", true, 5)).hasSize(1);
        }
    }

    @Test
    void aSizeThatTheColumnCannotHoldIsNoMissingRow() {
        TableNames names = new TableNames(
                "app", "Data Sets", "the id", "path, or key", "flag", "compacted", "bytes", "changed.at");
        String id = "11111111-1111-4111-8111-111111111111";
        try (Catalog catalog = open(names)) {
            catalog.add(id, "key", true);
            DatasetUpdate update = new DatasetUpdate(null, 5_000_000_000L, null);

            assertThatThrownBy(() -> catalog.update(id, update))
                    .isInstanceOf(CatalogFailed.class)
                    .hasMessageContaining("out of range");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        | nothing     | PGRST205 | --catalog-table
        secret | datasets    | schema   | expose the schema
        """)
    void namesTheTableOrSchemaThatIsMissing(String schema, String table, String code, String remedy) {
        try (Catalog catalog = open(table(schema, table))) {
            CatalogFailed failure = catchThrowableOfType(CatalogFailed.class, catalog::check);

            assertThat(failure).hasMessageContaining(code.equals("schema") ? "schema" : table);
            assertThat(failure.remedy()).contains(remedy);
            assertThat(failure.retryable()).isFalse();
        }
    }

    @Test
    void namesTheColumnThatIsMissing() {
        TableNames names = new TableNames(
                null, "datasets", "id", "bucket_key", "flag", "last_compacted_at", "file_size_bytes", "updated_at");
        try (Catalog catalog = open(names)) {
            CatalogFailed failure = catchThrowableOfType(CatalogFailed.class, catalog::check);

            assertThat(failure).hasMessageContaining("flag");
            assertThat(failure.remedy()).contains("--column-");
            assertThat(failure.retryable()).isFalse();
        }
    }

    @Test
    void aWrongKeyIsNotTriedAgainAndNotRepeated() {
        String wrong = "sb_secret_wrong";
        try (Catalog catalog = open(standIn, wrong, TableNames.DEFAULTS)) {
            CatalogFailed failure = catchThrowableOfType(CatalogFailed.class, catalog::check);

            assertThat(failure)
                    .hasMessageContaining("401 Invalid API key")
                    .message()
                    .doesNotContain(wrong);
            assertThat(failure.remedy()).contains("--catalog-key");
            assertThat(failure.retryable()).isFalse();
        }
        standIn.fail(403, "{\"code\":\"42501\",\"message\":\"permission denied for sb_secret_wrong\"}", "");
        try (Catalog catalog = open(standIn, wrong, TableNames.DEFAULTS)) {
            CatalogFailed failure = catchThrowableOfType(CatalogFailed.class, catalog::check);

            assertThat(failure)
                    .hasMessageContaining("permission denied")
                    .message()
                    .doesNotContain(wrong);
            assertThat(failure.retryable()).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 503})
    void whatPassesIsTriedAgain(int status) {
        try (Catalog catalog = open(TableNames.DEFAULTS)) {
            catalog.add("a", "key", true);
            standIn.fail(status, "<html>busy</html>", status == 429 ? "0" : "");

            assertThat(catalog.find("a")).isPresent();

            for (int i = 0; i < 3; i++) {
                standIn.fail(status, "", "");
            }
            CatalogFailed failure = catchThrowableOfType(CatalogFailed.class, () -> catalog.find("a"));
            assertThat(failure.retryable()).isTrue();
        }
    }

    @Test
    void anUpdateWhoseAnswerWasLostIsKnownToBeDone() {
        try (Catalog catalog = open(TableNames.DEFAULTS)) {
            catalog.add("a", "key", true);
            DatasetUpdate update = new DatasetUpdate(
                    Instant.parse("2026-01-31T12:34:56.789Z"),
                    4711,
                    catalog.find("a").orElseThrow().version());
            standIn.loseTheNextAnswer();

            assertThat(catalog.update("a", update)).isEqualTo(UpdateResult.FLAG_CLEARED);
            standIn.loseTheNextAnswer();
            assertThat(catalog.changeKey("a", "key", "other")).isTrue();
        }
    }

    @Test
    void aServerThatIsNotThereMayBeThereLater() {
        try (Catalog catalog = new DataApiCatalog(
                "http://localhost:1", DataApiKey.parse(SupabaseStandIn.SECRET), TableNames.DEFAULTS)) {
            CatalogFailed failure = catchThrowableOfType(CatalogFailed.class, catalog::check);

            assertThat(failure.retryable()).isTrue();
            assertThat(failure.remedy()).contains("URL");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "two words",
                SupabaseStandIn.PUBLISHABLE,
                "eyJhbGciOiJIUzI1NiJ9.eyJyb2xlIjoiYW5vbiJ9.c2lnbmF0dXJl"
            })
    void keysForBrowsersAreRefused(String key) {
        assertThatThrownBy(() -> DataApiKey.parse(key))
                .isInstanceOf(IllegalArgumentException.class)
                .satisfies(failure -> assertThat(key.isEmpty()
                                || !String.valueOf(failure.getMessage()).contains(key))
                        .isTrue());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://", "ftp://host", "https://user:word@host", "https://host/?apikey=x", "https://a b", "x"
            })
    void addressesThatAreNoneAreRefused(String address) {
        assertThatThrownBy(() ->
                        new DataApiCatalog(address, DataApiKey.parse(SupabaseStandIn.SECRET), TableNames.DEFAULTS))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theAddressMayNameTheRoot() {
        try (Catalog catalog = new DataApiCatalog(
                standIn.url() + "/rest/v1/", DataApiKey.parse(SupabaseStandIn.SECRET), TableNames.DEFAULTS)) {
            catalog.check();
        }
    }
}
