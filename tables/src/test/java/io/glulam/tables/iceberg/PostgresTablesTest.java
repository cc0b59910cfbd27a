package io.glulam.tables.iceberg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glulam.error.SourceChanged;
import io.glulam.tables.TableListener;
import io.glulam.tables.TableReport;
import io.glulam.testkit.port.FreePort;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables of a JDBC catalog on a real Postgres. */
@Tag("once")
class PostgresTablesTest {
    @TempDir
    private Path folder;

    private EmbeddedPostgres server;
    private TestTable table;

    @BeforeEach
    void start() throws IOException {
        server = EmbeddedPostgres.builder()
                .setPGStartupWait(Duration.ofMinutes(2))
                .setPort(FreePort.find())
                .start();
        Map<String, String> catalog = Map.of(
                "uri",
                "jdbc:postgresql://localhost:" + server.getPort() + "/postgres",
                "jdbc.user",
                "postgres",
                "jdbc.password",
                "postgres");
        table = TestTable.in(catalog, folder, Map.of("format-version", "2"));
        table.appendEvents(6);
    }

    @AfterEach
    void stop() throws IOException {
        table.close();
        server.close();
    }

    private static TableListener before(Runnable other) {
        return new TableListener() {
            @Override
            public void written(int done, int outputs) {
                other.run();
            }
        };
    }

    private void cutConnections() {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
                    + " AND backend_type = 'client backend'");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void rowsStayAlsoWhereConnectionsAreCutBeforeTheCommit() {
        List<String> rows = table.rows();
        try (io.glulam.tables.Table opened = table.open()) {
            TableReport report = opened.compact(TestTable.request(), before(this::cutConnections));

            assertThat(report.counts().addedDataFiles()).isEqualTo(1);
            assertThat(table.rows()).isEqualTo(rows);
            assertThat(table.files()).hasSize(1);
        }
    }

    @Test
    void ofTwoCompactionsOneCommits() {
        List<String> rows = table.rows();
        try (io.glulam.tables.Table first = table.open();
                io.glulam.tables.Table second = table.open()) {
            assertThatThrownBy(() -> first.compact(
                            TestTable.request(), before(() -> second.compact(TestTable.request(), TableListener.NONE))))
                    .isInstanceOf(SourceChanged.class);
        }
        assertThat(table.rows()).isEqualTo(rows);
        assertThat(table.files()).hasSize(1);
    }
}
