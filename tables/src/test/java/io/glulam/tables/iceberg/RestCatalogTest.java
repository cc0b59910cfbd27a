package io.glulam.tables.iceberg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glulam.CompactionOptions;
import io.glulam.error.GlulamException;
import io.glulam.error.StorageFailed;
import io.glulam.error.Unsupported;
import io.glulam.tables.CommitStateUnknown;
import io.glulam.tables.TableAddress;
import io.glulam.tables.TableListener;
import io.glulam.tables.TableReport;
import io.glulam.tables.TableRequest;
import io.glulam.tables.iceberg.RestServer.Commits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.Table;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tables of a REST catalog, and what one is not believed that lies or answers nothing. */
@Tag("once")
class RestCatalogTest {
    @TempDir
    private Path folder;

    private TestTable table;
    private RestServer server;

    @BeforeEach
    void start() {
        table = TestTable.of(folder, 2);
        table.appendEvents(6);
        server = new RestServer(table);
    }

    @AfterEach
    void stop() {
        server.close();
        table.close();
    }

    private TableReport compact(IcebergTables.Access access) {
        TableAddress.Iceberg address = new TableAddress.Iceberg("test", List.of("db"), "events");
        try (io.glulam.tables.Table opened =
                IcebergTables.open(address, access, CompactionOptions.defaults().withThreads(1))) {
            return opened.compact(TableRequest.defaults(), TableListener.NONE);
        }
    }

    /** The test's table lies on the local disk, which a remote catalog may name only if the user allows it. */
    private IcebergTables.Access allowed(String... more) {
        String[] all = java.util.Arrays.copyOf(more, more.length + 1);
        all[more.length] = "allowed-locations=" + folder;
        return server.access(Map.of("GLULAM_CATALOG_TEST_TOKEN", "secret-token"), all);
    }

    private List<Path> newFiles() {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith("-glulam.parquet"))
                    .toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void aTableIsCompactedThroughARestCatalogWithAToken() {
        List<String> before = table.rows();

        TableReport report = compact(allowed());

        assertThat(report.counts().addedDataFiles()).isEqualTo(1);
        assertThat(table.rows()).isEqualTo(before);
        assertThat(server.requests).allMatch(request -> request.endsWith("Bearer secret-token"));
    }

    @Test
    void aCredentialIsExchangedForAToken() {
        compact(server.access(
                Map.of("GLULAM_CATALOG_TEST_CREDENTIAL", "id:secret"),
                "allowed-locations=" + folder,
                "oauth2-server-uri=" + server.uri() + "/v1/oauth/tokens"));

        assertThat(server.requests).anyMatch(request -> request.endsWith("Bearer exchanged"));
    }

    @Test
    void aLostAnswerToACommitIsFoundInTheTable() {
        server.commits = Commits.DONE_AND_LOST;
        List<String> before = table.rows();

        TableReport report = compact(allowed());

        assertThat(report.snapshots())
                .containsExactly(table.table().currentSnapshot().snapshotId());
        assertThat(table.rows()).isEqualTo(before);
        assertThat(table.files()).hasSize(1);
    }

    @Test
    void aConflictWithTheOwnCommitIsNone() {
        server.commits = Commits.DONE_AND_CONFLICT;
        List<String> before = table.rows();

        TableReport report = compact(allowed());

        assertThat(report.snapshots())
                .containsExactly(table.table().currentSnapshot().snapshotId());
        assertThat(table.rows()).isEqualTo(before);
        assertThat(newFiles()).hasSize(1);
    }

    @Test
    void nothingIsDeletedIfACommitMayHaveBeenCarriedOut() {
        server.commits = Commits.DONE_AND_GONE;
        List<String> before = table.rows();

        assertThatThrownBy(() -> compact(allowed()))
                .isInstanceOfSatisfying(
                        CommitStateUnknown.class,
                        unknown -> assertThat(unknown.files()).hasSize(1))
                .hasMessageContaining("nothing was deleted");

        assertThat(newFiles()).hasSize(1);
        assertThat(table.rows()).isEqualTo(before);
        assertThat(table.files()).hasSize(1);
    }

    @Test
    void aServersErrorLeavesTheStateUnknownToo() {
        server.commits = Commits.FAILED;
        assertThatThrownBy(() -> compact(allowed())).isInstanceOf(CommitStateUnknown.class);
        assertThat(newFiles()).hasSize(1);
    }

    @Test
    void aCommitThatIsForbiddenLeavesNothingBehind() {
        server.commits = Commits.FORBIDDEN;
        assertThatThrownBy(() -> compact(allowed()))
                .isInstanceOfSatisfying(
                        StorageFailed.class,
                        failure -> assertThat(failure.kind()).isEqualTo(StorageFailed.Kind.DENIED))
                .hasMessageContaining("nothing was published");
        assertThat(newFiles()).isEmpty();
    }

    @Test
    void aRemoteCatalogCannotNameLocalFiles() {
        assertThatThrownBy(() -> compact(server.access(Map.of())))
                .isInstanceOf(Unsupported.class)
                .hasMessageContaining("outside of the table's location")
                .hasMessageContaining("allowed-locations");
        assertThat(newFiles()).isEmpty();
    }

    @Test
    void aDataFileOutsideOfTheTableIsRefused() throws IOException {
        Table opened = table.table();
        DataFile inside = table.write(opened, table.events(0, 10));
        Path outside = Files.createDirectories(folder.resolve("elsewhere")).resolve("private.parquet");
        Files.copy(Path.of(inside.location()), outside);
        opened.newAppend()
                .appendFile(DataFiles.builder(opened.spec())
                        .copy(inside)
                        .withPath(outside.toString())
                        .build())
                .commit();

        assertThatThrownBy(table::compact)
                .isInstanceOf(Unsupported.class)
                .hasMessageContaining(outside.toString())
                .hasMessageContaining("outside of the table's location");
        assertThatThrownBy(() -> compact(server.access(Map.of(), "allowed-locations=" + opened.location())))
                .isInstanceOf(Unsupported.class);
        compact(server.access(Map.of(), "allowed-locations=" + folder));
    }

    @Test
    void aRedirectIsNotFollowed() {
        try (RestServer other = new RestServer(table)) {
            server.redirect = other.uri() + "/v1/config";
            assertThatThrownBy(() -> compact(allowed()))
                    .isInstanceOf(GlulamException.class)
                    .hasMessageContaining("307");
            assertThat(other.requests).isEmpty();
        }
    }

    @Test
    void anAnswerNamesNoClassesAddressesOrWaysToAuthenticate() {
        try (RestServer other = new RestServer(table)) {
            for (Map<String, String> answer : List.of(server.defaults, server.overrides, server.tableConfig)) {
                answer.put("io-impl", "org.example.Evil");
                answer.put("rest.auth.type", "org.example.Evil");
                answer.put("uri", other.uri());
                answer.put("oauth2-server-uri", other.uri() + "/v1/oauth/tokens");
                answer.put("credential", "stolen:secret");
                answer.put("rest.sigv4-enabled", "true");
                answer.put("s3.signer.uri", other.uri());
                answer.put("header.Authorization", "Bearer other");
                answer.put("metrics-reporter-impl", "org.example.Evil");
                answer.put("allowed-locations", "/");
                answer.put("glulam.remote", "false");
            }

            compact(allowed());

            assertThat(other.requests).isEmpty();
            assertThat(server.requests).allMatch(request -> request.endsWith("Bearer secret-token"));
        }
    }

    /** What catalogs answer about themselves and about a table besides its metadata, as far as they differ. */
    private enum Answers {
        POLARIS(
                Map.of("prefix", "lake"),
                Map.of("default-base-location", "s3://lake/base"),
                Map.of(
                        "s3.access-key-id",
                        "AK",
                        "s3.secret-access-key",
                        "SK",
                        "s3.session-token",
                        "ST",
                        "expiration-time",
                        "1900000000000",
                        "client.region",
                        "eu-central-1"),
                true),
        NESSIE(
                Map.of(
                        "prefix",
                        "main%7Clake",
                        "uri",
                        "https://nessie.example/iceberg",
                        "nessie.is-nessie-catalog",
                        "true",
                        "nessie.prefix-pattern",
                        "{ref}|{warehouse}"),
                Map.of("rest-page-size", "200", "warehouse", "lake"),
                Map.of("nessie.commit.id", "5f1e", "nessie.is-nessie-catalog", "true"),
                false),
        LAKEKEEPER(
                Map.of("prefix", "0197a2b4-0000-7000-8000-000000000001", "uri", "https://lakekeeper.example/catalog"),
                Map.of(),
                Map.of(
                        "s3.remote-signing-enabled",
                        "true",
                        "s3.signer.uri",
                        "https://lakekeeper.example/",
                        "s3.signer.endpoint",
                        "v1/sign",
                        "s3.path-style-access",
                        "true"),
                true),
        UNITY(Map.of("prefix", "catalogs/unity"), Map.of(), Map.of(), true),
        R2(
                Map.of("prefix", "3fb14d2a-3d4b-4c55-9a51-7f2e25b9c3f0"),
                Map.of("warehouse", "account_bucket"),
                Map.of(
                        "s3.access-key-id",
                        "AK",
                        "s3.secret-access-key",
                        "SK",
                        "s3.region",
                        "auto",
                        "s3.path-style-access",
                        "true"),
                true);

        private static final List<String> ENDPOINTS = List.of(
                "GET /v1/{prefix}/namespaces/{namespace}/tables/{table}",
                "POST /v1/{prefix}/namespaces/{namespace}/tables/{table}");

        private final Map<String, String> overrides;
        private final Map<String, String> defaults;
        private final Map<String, String> ofTable;
        private final boolean namesEndpoints;

        Answers(
                Map<String, String> overrides,
                Map<String, String> defaults,
                Map<String, String> ofTable,
                boolean namesEndpoints) {
            this.overrides = overrides;
            this.defaults = defaults;
            this.ofTable = ofTable;
            this.namesEndpoints = namesEndpoints;
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatCatalogsAnswerBesidesIsTakenOrPassedOver(Answers answers) {
        server.overrides.putAll(answers.overrides);
        server.defaults.putAll(answers.defaults);
        server.tableConfig.putAll(answers.ofTable);
        server.endpoints.addAll(answers.namesEndpoints ? Answers.ENDPOINTS : List.of());
        List<String> before = table.rows();
        String prefix = answers.overrides.get("prefix").replace("%7C", "|"); // The server decodes paths.

        TableReport report = compact(allowed("warehouse=lake"));

        assertThat(report.counts().addedDataFiles()).isEqualTo(1);
        assertThat(table.rows()).isEqualTo(before);
        assertThat(server.requests)
                .allMatch(request -> request.endsWith("Bearer secret-token"))
                .filteredOn(request -> !request.contains("/v1/config"))
                .isNotEmpty()
                .allMatch(request -> request.contains("/v1/" + prefix + "/namespaces/db/"));
    }

    @Test
    void credentialsThatEndSoonAreRenewedByLoadingTheTableAgain() {
        server.tableConfig.put("s3.access-key-id", "vended-key");
        server.tableConfig.put("s3.secret-access-key", "vended-secret");
        server.tableConfig.put("s3.session-token-expires-at-ms", Long.toString(System.currentTimeMillis() + 60_000));
        compact(allowed());
        long hurried = loads();

        server.requests.clear();
        server.tableConfig.put("s3.session-token-expires-at-ms", Long.toString(System.currentTimeMillis() + 6_000_000));
        table.appendEvents(6);
        compact(allowed());

        assertThat(loads()).isLessThan(hurried);
    }

    private long loads() {
        return server.requests.stream()
                .filter(request -> request.startsWith("GET") && request.contains("/tables/events"))
                .count();
    }

    @Test
    void secretsAreInNoMessage() {
        server.commits = Commits.FORBIDDEN;
        server.tableConfig.put("s3.secret-access-key", "vended-secret");
        server.tableConfig.put("s3.access-key-id", "vended-key");
        assertThatThrownBy(() -> compact(allowed())).satisfies(failure -> {
            java.io.StringWriter trace = new java.io.StringWriter();
            failure.printStackTrace(new java.io.PrintWriter(trace));
            assertThat(trace.toString()).doesNotContain("secret-token").doesNotContain("vended-secret");
        });
    }

    @Test
    void aTableThatIsNotThereIsNamed() {
        TableAddress.Iceberg address = new TableAddress.Iceberg("test", List.of("db"), "none");
        assertThatThrownBy(() -> {
                    try (io.glulam.tables.Table opened =
                            IcebergTables.open(address, allowed(), CompactionOptions.defaults())) {
                        opened.plan(TableRequest.defaults());
                    }
                })
                .isInstanceOf(StorageFailed.class)
                .hasMessageContaining("there is no such table");
    }
}
