package io.glulam.tables.delta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.delta.kernel.internal.actions.AddFile;
import io.delta.kernel.types.DateType;
import io.delta.kernel.types.DoubleType;
import io.delta.kernel.types.IntegerType;
import io.delta.kernel.types.LongType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructType;
import io.glulam.error.CorruptFile;
import io.glulam.error.SourceChanged;
import io.glulam.tables.LeftFiles;
import io.glulam.tables.LeftReason;
import io.glulam.tables.Outcome;
import io.glulam.tables.Table;
import io.glulam.tables.TableListener;
import io.glulam.tables.TablePlan.DeletesToApply;
import io.glulam.tables.TableReport;
import io.glulam.tables.TableRequest;
import io.glulam.tables.delta.TableVectors.Vector;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.roaringbitmap.RoaringBitmap;

/** Deletion vectors of a Delta table, applied while its files are merged; the kernel's default engine is the oracle. */
@Tag("once")
class DeltaDeletesTest {
    private static final StructType SCHEMA = new StructType()
            .add("id", LongType.LONG)
            .add("name", StringType.STRING)
            .add("v", DoubleType.DOUBLE)
            .add("day", DateType.DATE)
            .add("place", new StructType().add("floor", IntegerType.INTEGER));

    private static final int ROWS = 40;

    @TempDir
    private Path folder;

    private KernelTable table;
    private TableVectors vectors;

    @BeforeEach
    void make() throws IOException {
        table = new KernelTable(folder.resolve("table"))
                .create(
                        SCHEMA,
                        Map.of(
                                "delta.enableDeletionVectors",
                                "true",
                                "delta.enableRowTracking",
                                "true",
                                "delta.enableChangeDataFeed",
                                "true"));
        vectors = new TableVectors(table);
        for (int file = 0; file < 4; file++) {
            table.append(rows(file * ROWS));
        }
    }

    private static Object[][] rows(int first) {
        Object[][] rows = new Object[ROWS][];
        for (int i = 0; i < ROWS; i++) {
            int id = first + i;
            rows[i] = new Object[] {
                (long) id, id % 7 == 0 ? null : "n" + id, id % 5 == 0 ? null : id / 3.0, 20_000 + id, null
            };
        }
        return rows;
    }

    private List<AddFile> files() throws IOException {
        return table.files().stream()
                .sorted(Comparator.comparing(file -> file.getBaseRowId().orElseThrow()))
                .toList();
    }

    private TableReport compact() {
        return compact(TableListener.NONE);
    }

    private TableReport compact(TableListener listener) {
        try (Table opened = table.open()) {
            return opened.compact(TableRequest.defaults().withApplyDeletes(true), listener);
        }
    }

    private boolean isSame(long before, long after) {
        try (Table opened = table.open()) {
            return opened.verify(before, after).equal();
        }
    }

    private static RoaringBitmap some(int... rows) {
        return RoaringBitmap.bitmapOf(rows);
    }

    private static RoaringBitmap range(long from, long to) {
        RoaringBitmap rows = new RoaringBitmap();
        rows.add(from, to);
        rows.runOptimize();
        return rows;
    }

    @Test
    void vectorsOfEveryStorageAreAppliedAndRowIdsStay() throws IOException {
        List<AddFile> files = files();
        vectors.delete(files.get(0), TableVectors.inline(some(0, 1, 17, ROWS - 1)));
        List<Vector> stored = vectors.stored("ab", List.of(range(5, 30), range(0, ROWS)));
        vectors.delete(files.get(1), stored.get(0));
        vectors.delete(files.get(2), stored.get(1));
        Vector own = vectors.stored("", List.of(some(3))).get(0);
        vectors.delete(
                files.get(3), own.withPlace("p", vectors.file(own).toUri().toString()));
        List<String> before = table.trackedRows();
        long version = table.version();
        assertThat(before).hasSize(4 * ROWS - 4 - 25 - ROWS - 1);
        try (Table opened = table.open()) {
            assertThat(opened.plan(TableRequest.defaults().withApplyDeletes(true))
                            .deletes())
                    .isEqualTo(new DeletesToApply(4, 4));
        }

        TableReport report = compact();

        assertThat(report.outcome()).isEqualTo(Outcome.COMPACTED);
        assertThat(report.counts().rewrittenDataFiles()).isEqualTo(4);
        assertThat(report.counts().removedDeleteFiles()).isEqualTo(4);
        assertThat(report.deletes().rows()).isEqualTo(4 + 25 + ROWS + 1);
        assertThat(table.files()).hasSize(1);
        assertThat(table.trackedRows()).isEqualTo(before);
        assertThat(table.rows(version)).isEqualTo(table.rows());
        assertThat(isSame(version, table.version())).isTrue();
        assertThat(compact().outcome()).isEqualTo(Outcome.NOTHING_TO_DO);

        // Once more, of a file that has the columns of row ids.
        vectors.delete(files().get(0), TableVectors.inline(some(0, 11, 89)));
        List<String> later = table.trackedRows();
        assertThat(compact().deletes().rows()).isEqualTo(3);
        assertThat(table.trackedRows()).isEqualTo(later).hasSize(before.size() - 3);
    }

    @Test
    void theCommitRemovesTheVectorsAndChangesNoData() throws IOException {
        Vector vector = TableVectors.inline(some(3, 4));
        vectors.delete(files().get(1), vector);

        compact();

        List<String> lines = table.commit(table.version()).lines().toList();
        assertThat(lines).noneMatch(line -> line.contains("\"dataChange\":true") || line.startsWith("{\"cdc\""));
        assertThat(lines)
                .filteredOn(line -> line.startsWith("{\"remove\""))
                .hasSize(4)
                .filteredOn(line -> line.contains("\"deletionVector\""))
                .singleElement()
                .asString()
                .contains("\"storageType\":\"i\"", "\"cardinality\":2");
        assertThat(lines)
                .filteredOn(line -> line.startsWith("{\"add\""))
                .singleElement()
                .asString()
                .doesNotContain("deletionVector")
                .contains("\\\"numRecords\\\":158");
    }

    @Test
    void statisticsAreThoseOfTheRowsThatAreLeft() throws IOException {
        List<AddFile> files = files();
        vectors.delete(files.get(0), TableVectors.inline(range(0, 8)));
        vectors.delete(files.get(3), TableVectors.inline(some(39)));

        compact();

        assertThat(table.files().get(0).getStatsJson().orElseThrow())
                .contains("\"numRecords\":151")
                .contains("\"minValues\":{\"id\":8,\"name\":\"n1\",\"day\":\"2024-10-12\"}")
                .contains("\"maxValues\":{\"id\":158,\"name\":\"n99\",\"day\":\"2025-03-11\"}")
                .contains("\"nullCount\":{\"id\":0,\"name\":21,\"v\":30,\"day\":0}")
                .contains("\"tightBounds\":false"); // Texts may be cut, so that those of the sources stay.
    }

    @Test
    void generatedDeletesLeaveTheRowsThatTheKernelReads() throws IOException {
        for (long seed = 1; seed <= 4; seed++) {
            Random random = new Random(seed);
            table = new KernelTable(folder.resolve("seed" + seed))
                    .create(SCHEMA, Map.of("delta.enableDeletionVectors", "true", "delta.enableRowTracking", "true"));
            vectors = new TableVectors(table);
            int count = 2 + random.nextInt(4);
            for (int file = 0; file < count; file++) {
                table.append(rows(file * ROWS));
            }
            List<RoaringBitmap> drawn = new ArrayList<>();
            for (int file = 0; file < count; file++) {
                drawn.add(drawn(random));
            }
            List<Vector> stored = vectors.stored(random.nextBoolean() ? "x1" : "", drawn);
            List<AddFile> files = files();
            for (int file = 0; file < count; file++) {
                if (random.nextInt(4) > 0) {
                    vectors.delete(
                            files.get(file),
                            random.nextBoolean() ? stored.get(file) : TableVectors.inline(drawn.get(file)));
                }
            }
            List<String> before = table.trackedRows();
            long version = table.version();

            compact();

            assertThat(table.trackedRows()).as("seed " + seed).isEqualTo(before);
            assertThat(table.files()).as("seed " + seed).hasSize(1);
            assertThat(isSame(version, table.version())).as("seed " + seed).isTrue();
        }
    }

    private static RoaringBitmap drawn(Random random) {
        RoaringBitmap rows = new RoaringBitmap();
        switch (random.nextInt(4)) {
            case 0 -> rows.add(0L, ROWS);
            case 1 -> rows.add((long) random.nextInt(ROWS), ROWS);
            case 2 -> rows.add(0L, random.nextInt(ROWS));
            default -> random.ints(random.nextInt(20), 0, ROWS).forEach(rows::add);
        }
        if (random.nextBoolean()) {
            rows.runOptimize();
        }
        return rows;
    }

    @Test
    void withoutTheOptionSuchFilesAreLeftAndNamed() throws IOException {
        vectors.delete(files().get(1), TableVectors.inline(some(3)));
        List<String> before = table.trackedRows();
        long version = table.version();

        try (Table opened = table.open()) {
            TableReport report = opened.compact(TableRequest.defaults(), TableListener.NONE);
            assertThat(report.plan().left()).extracting(LeftFiles::reason).containsExactly(LeftReason.DELETION_VECTOR);
        }
        assertThat(table.trackedRows()).isEqualTo(before);
        assertThat(isSame(version, table.version())).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a vector", "another vector", "removed"})
    void aWriterThatDeletesRowsOfASourceMeanwhileEndsTheRun(String what) throws IOException {
        List<AddFile> files = files();
        vectors.delete(files.get(1), TableVectors.inline(some(3)));

        assertThatThrownBy(() -> compact(new TableListener() {
                    @Override
                    public void written(int done, int outputs) {
                        try {
                            switch (what) {
                                case "a vector" -> vectors.delete(files.get(2), TableVectors.inline(some(4)));
                                case "another vector" -> vectors.delete(files.get(1), TableVectors.inline(some(3, 4)));
                                default ->
                                    Files.writeString(
                                            table.log(table.version() + 1),
                                            "{\"remove\":{\"path\":\"%s\",\"deletionTimestamp\":1,\"dataChange\":true}}\n"
                                                    .formatted(files.get(0).getPath()));
                            }
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    }
                }))
                .isInstanceOf(SourceChanged.class);

        assertThat(table.rows()).hasSize(what.equals("removed") ? 3 * ROWS - 1 : 4 * ROWS - 2);
        try (var left = Files.list(table.folder())) {
            assertThat(left.filter(file -> file.toString().endsWith(".parquet")))
                    .hasSize(4);
        }
    }

    @Test
    void aVectorThatIsNotWhatTheLogSaysLeavesItsFiles() throws IOException {
        Vector vector = vectors.stored("", List.of(some(3, 9))).get(0);
        vectors.delete(files().get(1), vector.withRows(3));
        long version = table.version();

        assertThatThrownBy(this::compact)
                .isInstanceOf(CorruptFile.class)
                .hasMessageContaining(files().get(1).getPath())
                .hasMessageContaining("2 rows, and the log says 3");

        assertThat(table.version()).isEqualTo(version);
    }

    @Test
    void aVectorOutsideOfTheTableIsNotRead() throws IOException {
        Vector vector = vectors.stored("", List.of(some(3))).get(0);
        Path outside = Files.move(
                vectors.file(vector), folder.resolve(vectors.file(vector).getFileName()));
        vectors.delete(files().get(1), vector.withPlace("p", outside.toUri().toString()));

        TableReport report = compact();

        assertThat(report.counts().rewrittenDataFiles()).isEqualTo(3);
        assertThat(report.plan().left()).extracting(LeftFiles::reason).containsExactly(LeftReason.OUTSIDE);
    }

    @Test
    void aComparisonFindsRowsThatAreLostOrDoubled() throws IOException {
        table.append(rows(0)[5]);
        long doubled = table.version();
        vectors.delete(files().get(1), TableVectors.inline(some(3)));
        compact();
        long now = table.version();

        try (Table opened = table.open()) {
            assertThat(opened.verify(doubled, doubled + 1).differences())
                    .singleElement()
                    .asString()
                    .contains("40 rows before and 39 after");
            assertThat(opened.verify(doubled + 1, now).equal()).isTrue();
            assertThat(opened.verify(doubled - 1, doubled).equal()).isFalse();
            assertThat(opened.verify(doubled - 1, now).differences())
                    .as("one row lost, one doubled")
                    .singleElement()
                    .asString()
                    .contains("the rows of its partition differ");
        }
    }
}
