package io.glulam.tables.delta;

import static org.assertj.core.api.Assertions.assertThat;

import io.delta.kernel.internal.actions.AddFile;
import io.delta.kernel.types.IntegerType;
import io.delta.kernel.types.LongType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructType;
import io.glulam.tables.Outcome;
import io.glulam.tables.Table;
import io.glulam.tables.TableListener;
import io.glulam.tables.TableReport;
import io.glulam.tables.TableRequest;
import io.glulam.testkit.generate.DuckDbSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The order in which files are merged, as the rows of the new files show it. */
@Tag("once")
class DeltaOrderTest {
    private static final StructType SCHEMA = new StructType()
            .add("kind", IntegerType.INTEGER)
            .add("id", LongType.LONG)
            .add("name", StringType.STRING);

    @TempDir
    private Path folder;

    private KernelTable table() {
        return new KernelTable(folder.resolve("table")).create(SCHEMA, Map.of());
    }

    /** Adds a file of ten rows whose ids ascend; kinds are the same in all files. */
    private static void append(KernelTable table, long first, String name) throws IOException {
        Object[][] rows = new Object[10][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = new Object[] {i, first + i, name + i};
        }
        table.append(rows);
    }

    private static void cluster(KernelTable table, String column) throws IOException {
        Files.writeString(
                table.log(table.version() + 1),
                "{\"protocol\":{\"minReaderVersion\":1,\"minWriterVersion\":7,\"writerFeatures\":"
                        + "[\"appendOnly\",\"invariants\",\"domainMetadata\",\"clustering\"]}}\n"
                        + "{\"domainMetadata\":{\"domain\":\"delta.clustering\",\"configuration\":"
                        + "\"{\\\"clusteringColumns\\\":[[\\\"" + column + "\\\"]]}\",\"removed\":false}}\n");
    }

    private static TableReport compact(KernelTable table, String... options) {
        TableRequest request = options.length == 0
                ? TableRequest.defaults()
                : TableRequest.defaults().withOptions(Map.of(options[0], options[1]));
        try (Table opened = table.open()) {
            long before = table.version();
            List<String> rows = table.rows();
            TableReport report = opened.compact(request, TableListener.NONE);
            assertThat(table.rows()).isEqualTo(rows);
            if (report.outcome() == Outcome.COMPACTED) {
                assertThat(opened.verify(before, table.version()).differences()).isEmpty();
            }
            return report;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** The ids of each file, in the order of its rows. */
    private static List<List<Long>> ids(KernelTable table) throws IOException, SQLException {
        List<List<Long>> ids = new ArrayList<>();
        try (DuckDbSession duck = DuckDbSession.open()) {
            for (AddFile file : table.files()) {
                String path = table.folder().resolve(file.getPath()).toString();
                ids.add(duck.rows("SELECT id FROM read_parquet(" + DuckDbSession.literal(path) + ")").stream()
                        .map(row -> Long.valueOf(row.get(0)))
                        .toList());
            }
        }
        return ids;
    }

    private static List<Long> sorted(List<Long> ids) {
        List<Long> sorted = new ArrayList<>(ids);
        Collections.sort(sorted);
        return sorted;
    }

    @Test
    void filesAreMergedByTheFirstColumnOfWhichTheyShareNoRange() throws Exception {
        KernelTable table = table();
        for (long first : new long[] {40, 0, 30, 10, 20}) {
            append(table, first, "n");
        }

        TableReport report = compact(table);

        assertThat(ids(table)).hasSize(1).allSatisfy(ids -> assertThat(ids).isEqualTo(sorted(ids)));
        assertThat(report.plan().notes())
                .containsExactly("column id ascends from source to source in 1 new file: the sources' bounds prove it");
    }

    @Test
    void withoutSuchAColumnFilesAreMergedAsTheyWereWritten() throws Exception {
        KernelTable table = table();
        for (long first : new long[] {40, 5, 0}) {
            append(table, first, "n");
        }

        TableReport report = compact(table);

        assertThat(ids(table).get(0)).startsWith(40L).endsWith(9L);
        assertThat(report.plan().notes()).isEmpty();
    }

    @Test
    void filesOfAClusteredTableGoByTheLeastValuesThoughTheirRangesOverlap() throws Exception {
        KernelTable table = table();
        cluster(table, "name");
        append(table, 40, "c");
        append(table, 20, "a");
        append(table, 0, "b");
        append(table, 60, "a");

        TableReport report = compact(table);

        assertThat(ids(table).get(0).stream().map(id -> id / 10 * 10).distinct())
                .containsExactly(20L, 60L, 0L, 40L);
        assertThat(report.plan().notes()).anyMatch(note -> note.contains("clustering column name in 1 new file"));
    }

    @Test
    void aColumnThatFilesShareAValueOfProvesNothing() throws Exception {
        KernelTable table = table();
        append(table, 9, "n");
        append(table, 0, "n");

        assertThat(compact(table).plan().notes()).isEmpty();

        assertThat(ids(table).get(0)).startsWith(9L);
    }

    @Test
    void newFilesHoldNeighbors() throws Exception {
        KernelTable table = table();
        List<Long> firsts = new ArrayList<>();
        for (long first = 0; first < 120; first += 10) {
            firsts.add(first);
        }
        Collections.shuffle(firsts, new java.util.Random(1));
        for (long first : firsts) {
            append(table, first, "n");
        }
        String target = Long.toString(table.files().get(0).getSize() * 9 / 2);

        compact(table, "target-file-size-bytes", target);

        List<List<Long>> ids = ids(table);
        assertThat(ids).hasSize(3).allSatisfy(file -> {
            assertThat(file).isEqualTo(sorted(file));
            assertThat(file.get(file.size() - 1) - file.get(0)).isEqualTo(39);
        });
    }
}
