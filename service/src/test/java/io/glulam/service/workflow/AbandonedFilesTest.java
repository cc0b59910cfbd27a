package io.glulam.service.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.glulam.service.ServedTable;
import io.glulam.service.bucket.LocalBucket;
import io.glulam.service.callback.CallbackRules;
import io.glulam.service.database.Database;
import io.glulam.service.json.Json;
import io.glulam.service.ledger.Ledger;
import io.glulam.service.ledger.Run;
import io.glulam.service.ledger.RunLedger;
import io.glulam.service.ledger.Status;
import io.glulam.service.ledger.TableFiles;
import io.glulam.service.request.CompactionRequest;
import io.glulam.service.request.PublishMode;
import io.glulam.service.table.ServedTables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of new files of tables whose instances have ended without a commit. */
@Tag("once")
class AbandonedFilesTest {
    private static final String PLACE = "part-00000-run-1-glulam.parquet";

    @TempDir
    Path folder;

    private Path table;
    private Database database;
    private Ledger ledger;
    private RunLedger runs;
    private TableFiles files;
    private AbandonedFiles abandoned;
    private Run run;

    @BeforeEach
    void open() throws IOException {
        Path objects = Files.createDirectory(folder.resolve("bucket"));
        table = objects.resolve("lake");
        ServedTable.delta(table, 2);
        database = Database.sqlite(folder.resolve("ledger.db"));
        Clock clock = Clock.systemUTC();
        ledger = new Ledger(database, clock);
        ledger.migrate();
        runs = new RunLedger(database, clock);
        files = new TableFiles(database, runs);
        ServedTables tables = new ServedTables(null, Map.of(), new LocalBucket(objects), objects.toString(), () -> {
            throw new AssertionError("a local table needs no store");
        });
        TableWork work = new TableWork(
                tables,
                new CompactionResources(8 << 20, 1, null, null, Duration.ZERO),
                new CompactionRequest.Defaults(PublishMode.IN_PLACE, Duration.ZERO, new CallbackRules(Set.of())));
        abandoned = new AbandonedFiles(work, files, ledger);
        ObjectNode request = Json.object().put("table", "delta:lake");
        ledger.create("i", "", "delta:lake", request, null);
        run = ((RunLedger.Beginning.Begun) runs.begin("i")).run();
        Files.copy(table.resolve("part-0.parquet"), table.resolve(PLACE));
        files.writing(run, "i-1", 0, PLACE);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void aNewFileOfAnInstanceThatFailedIsRemoved() {
        files.written(run, "i-1", 0, Json.object());
        abandoned.sweep(10);
        assertThat(table.resolve(PLACE)).exists();

        runs.leave(run, Status.ERRORED, null, Json.object());
        abandoned.sweep(10);

        assertThat(table.resolve(PLACE)).doesNotExist();
        assertThat(table.resolve("part-0.parquet")).exists();
        assertThat(files.of("i")).isEmpty();
    }

    @Test
    void aNewFileThatACommitMayHoldStays() {
        files.written(run, "i-1", 0, Json.object());
        files.committing(run, "i-1", List.of(0));
        runs.leave(run, Status.ERRORED, null, Json.object());

        abandoned.sweep(10);

        assertThat(table.resolve(PLACE)).exists();
        assertThat(files.of("i")).hasSize(1);
    }
}
