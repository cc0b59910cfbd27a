package io.glulam.tables.delta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.delta.kernel.expressions.Literal;
import io.delta.kernel.internal.actions.AddFile;
import io.delta.kernel.internal.deletionvectors.Base85Codec;
import io.delta.kernel.internal.util.VectorUtils;
import io.delta.kernel.types.ArrayType;
import io.delta.kernel.types.DateType;
import io.delta.kernel.types.DecimalType;
import io.delta.kernel.types.DoubleType;
import io.delta.kernel.types.FloatType;
import io.delta.kernel.types.IntegerType;
import io.delta.kernel.types.LongType;
import io.delta.kernel.types.MapType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructType;
import io.delta.kernel.types.TimestampType;
import io.glulam.CompactionOptions;
import io.glulam.tables.LeftFiles;
import io.glulam.tables.LeftReason;
import io.glulam.tables.Outcome;
import io.glulam.tables.Table;
import io.glulam.tables.TableAddress;
import io.glulam.tables.TableListener;
import io.glulam.tables.TablePlan;
import io.glulam.tables.TableReport;
import io.glulam.tables.TableRequest;
import io.glulam.testkit.oracle.DuckDb;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.roaringbitmap.RoaringBitmap;

/** Delta tables written by Kernel's default engine, compacted, and read back by it. */
class DeltaCompactionTest {
    private static final StructType PLAIN =
            new StructType().add("id", LongType.LONG).add("name", StringType.STRING);

    @TempDir
    private Path folder;

    private static Table open(KernelTable table) {
        return DeltaTables.open(
                new TableAddress.Delta(table.folder().toString()),
                () -> {
                    throw new AssertionError("a local table needs no store");
                },
                CompactionOptions.defaults().withThreads(1));
    }

    private static TableReport compact(KernelTable table) {
        return compact(table, TableRequest.defaults());
    }

    private static TableReport compact(KernelTable table, TableRequest request) {
        try (Table opened = open(table)) {
            return opened.compact(request, TableListener.NONE);
        }
    }

    private static Object[] row(Object... values) {
        return values;
    }

    private static Object[][] rows(int from, int to) {
        Object[][] rows = new Object[to - from][];
        for (int i = from; i < to; i++) {
            rows[i - from] = row((long) i, i % 7 == 0 ? null : "n" + i);
        }
        return rows;
    }

    private KernelTable plain(Map<String, String> properties) throws IOException {
        KernelTable table = new KernelTable(folder.resolve("table")).create(PLAIN, properties);
        return table.append(rows(0, 10)).append(rows(10, 25)).append(rows(25, 60));
    }

    @Test
    void filesOfAPartitionBecomeOneAndEveryRowStays() throws IOException {
        StructType schema = new StructType()
                .add("id", LongType.LONG)
                .add("v", DoubleType.DOUBLE)
                .add("price", new DecimalType(12, 3))
                .add("at", TimestampType.TIMESTAMP)
                .add("tags", new ArrayType(StringType.STRING, true))
                .add("props", new MapType(StringType.STRING, IntegerType.INTEGER, true))
                .add("place", new StructType().add("lat", DoubleType.DOUBLE).add("name", StringType.STRING))
                .add("day", DateType.DATE);
        KernelTable table = new KernelTable(folder.resolve("table")).create(schema, Map.of(), "day");
        for (int file = 0; file < 6; file++) {
            int day = 20_000 + file % 2;
            Object[][] rows = new Object[20][];
            for (int i = 0; i < rows.length; i++) {
                long id = file * 100L + i;
                double value = i == 3 ? Double.NaN : i == 4 ? -0.0 : id / 3.0;
                rows[i] = row(
                        id,
                        i % 5 == 0 ? null : value,
                        new BigDecimal(id).setScale(3),
                        1_700_000_000_000_000L + id,
                        i % 4 == 0 ? null : VectorUtils.buildArrayValue(List.of("a", "b" + i), StringType.STRING),
                        null,
                        null,
                        day);
            }
            table.append(Map.of("day", Literal.ofDate(day)), rows);
        }
        List<String> before = table.rows();

        TableReport report = compact(table);

        assertThat(report.plan().left()).isEmpty();
        assertThat(report.outcome()).isEqualTo(Outcome.COMPACTED);
        assertThat(report.counts().rewrittenDataFiles()).isEqualTo(6);
        assertThat(report.counts().addedDataFiles()).isEqualTo(2);
        assertThat(table.files()).hasSize(2);
        assertThat(table.rows()).isEqualTo(before);
        assertThat(table.rows(6)).isEqualTo(before);
        assertThat(report.snapshots()).containsExactly(7L);
        assertThat(report.release()).isEqualTo("VACUUM delta.`" + table.folder() + "`");
        assertThat(report.heldBytes())
                .isEqualTo(report.counts().rewrittenBytes())
                .isPositive();
    }

    @Test
    void aSecondCompactionFindsNothingToDo() throws IOException {
        KernelTable table = plain(Map.of());
        compact(table);

        assertThat(compact(table).outcome()).isEqualTo(Outcome.NOTHING_TO_DO);
        assertThat(table.version()).isEqualTo(4);
    }

    @Test
    void aTableWithoutFilesIsLeftWithItsName() {
        KernelTable table = new KernelTable(folder.resolve("table")).create(PLAIN, Map.of());

        assertThat(compact(table).outcome()).isEqualTo(Outcome.EMPTY_TABLE);
        assertThat(table.version()).isZero();
    }

    @Test
    void aPlanWritesNothing() throws IOException {
        KernelTable table = plain(Map.of());
        Map<String, String> before = table.everything();

        try (Table opened = open(table)) {
            TablePlan plan = opened.plan(TableRequest.defaults());
            assertThat(plan.outcome()).isEqualTo(Outcome.COMPACTED);
            assertThat(plan.partitions()).singleElement().satisfies(partition -> {
                assertThat(partition.candidates()).isEqualTo(3);
                assertThat(partition.rows()).isEqualTo(60);
                assertThat(partition.outputs()).isEqualTo(1);
            });
        }
        assertThat(table.everything()).isEqualTo(before);
    }

    @Test
    void theCommitChangesNoDataAndSaysThatItIsAnOptimize() throws IOException {
        KernelTable table = plain(Map.of());
        compact(table);

        String commit = table.commit(4);
        assertThat(commit).doesNotContain("\"dataChange\":true").contains("\"operation\":\"OPTIMIZE\"");
        assertThat(commit.lines().filter(line -> line.startsWith("{\"remove\"")))
                .hasSize(3);
        assertThat(commit.lines().filter(line -> line.startsWith("{\"add\""))).hasSize(1);
    }

    @Test
    void statisticsOfTheSourcesAreMerged() throws IOException {
        KernelTable table = plain(Map.of());
        compact(table);

        AddFile file = table.files().get(0);
        assertThat(file.getStatsJson().orElseThrow())
                .contains("\"numRecords\":60")
                .contains("\"minValues\":{\"id\":0,\"name\":\"n1\"}")
                .contains("\"maxValues\":{\"id\":59,\"name\":\"n9\"}")
                .contains("\"nullCount\":{\"id\":0,\"name\":9}");
    }

    @Test
    void rowsKeepTheirIdsAndTheVersionsOfTheirLastChanges() throws IOException {
        KernelTable table = plain(Map.of("delta.enableRowTracking", "true"));
        List<String> before = table.trackedRows();

        compact(table);

        assertThat(table.files()).hasSize(1);
        assertThat(table.trackedRows()).isEqualTo(before);
        assertThat(table.commit(4))
                .contains("\"delta.rowTracking.preserved\":\"true\"")
                .contains("\\\"rowIdHighWaterMark\\\":119")
                .contains("\"defaultRowCommitVersion\":4");

        table.append(rows(60, 70)).append(rows(70, 75));
        List<String> grown = table.trackedRows();
        compact(table);
        assertThat(table.files()).hasSize(1);
        assertThat(table.trackedRows()).isEqualTo(grown);
    }

    @Test
    void timestampsInCommitsAscend() throws IOException {
        KernelTable table = plain(Map.of("delta.enableInCommitTimestamps", "true"));
        long before = timestamp(table.commit(3));

        compact(table);

        assertThat(timestamp(table.commit(4))).isGreaterThan(before);
        assertThat(table.commit(4)).startsWith("{\"commitInfo\":{\"inCommitTimestamp\":");
        assertThat(table.rows()).hasSize(60);
    }

    private static long timestamp(String commit) {
        String text = commit.replaceFirst("(?s).*?\"inCommitTimestamp\":([0-9]+).*", "$1");
        return Long.parseLong(text);
    }

    @Test
    void renamedAndAddedColumnsAreFoundByTheirPhysicalNames() throws IOException {
        for (String mode : List.of("name", "id")) {
            KernelTable table =
                    new KernelTable(folder.resolve(mode)).create(PLAIN, Map.of("delta.columnMapping.mode", mode));
            table.append(rows(0, 10)).append(rows(10, 20));
            StructType schema = table.schema();
            StructType renamed = new StructType()
                    .add(schema.at(0))
                    .add("title", StringType.STRING, schema.at(1).getMetadata())
                    .add("more", IntegerType.INTEGER);
            table.evolve(renamed);
            table.append(row(100L, "x", 5), row(101L, null, null));
            List<String> before = table.rows();
            long version = table.version();

            assertThat(compact(table).counts().addedDataFiles()).isEqualTo(1);

            assertThat(table.files()).hasSize(1);
            assertThat(table.rows()).isEqualTo(before).anyMatch(row -> row.equals("[id=100, title=x, more=5]"));
            assertThat(table.rows(version)).isEqualTo(before);
        }
    }

    @Test
    void filesFromBeforeTheMappingGoWithLaterOnes() throws IOException {
        KernelTable table = plain(Map.of());
        table.set(Map.of("delta.columnMapping.mode", "name"));
        table.append(rows(60, 70));
        List<String> before = table.rows();

        assertThat(compact(table).counts().rewrittenDataFiles()).isEqualTo(4);

        assertThat(table.files()).hasSize(1);
        assertThat(table.rows()).isEqualTo(before).hasSize(70);
    }

    @Test
    void theFolderOfATableMayHoldAnyCharacter() throws IOException {
        KernelTable table = plain(Map.of());
        Path odd = folder.resolve("a b%20c#ü");
        Files.move(table.folder(), odd);
        KernelTable moved = new KernelTable(odd);
        List<String> before = moved.rows();

        assertThat(compact(moved).counts().addedDataFiles()).isEqualTo(1);

        assertThat(moved.rows()).isEqualTo(before).hasSize(60);
    }

    @Test
    void aFileWithADeletionVectorIsLeftAndNamed() throws IOException {
        KernelTable table = plain(Map.of("delta.enableDeletionVectors", "true"));
        AddFile deleted = table.files().stream()
                .filter(file -> file.getNumRecords().orElseThrow() == 35)
                .findFirst()
                .orElseThrow();
        addDeletionVector(table, deleted);
        List<String> before = table.rows();
        assertThat(before).hasSize(57);

        TableReport report = compact(table);

        assertThat(report.plan().left())
                .filteredOn(left -> left.reason() == LeftReason.DELETION_VECTOR)
                .singleElement()
                .extracting(LeftFiles::examples)
                .isEqualTo(List.of(deleted.getPath()));
        Set<String> paths = table.files().stream().map(AddFile::getPath).collect(Collectors.toSet());
        assertThat(paths).hasSize(2).contains(deleted.getPath());
        assertThat(table.commit(table.version())).doesNotContain(deleted.getPath());
        assertThat(table.rows()).isEqualTo(before);
    }

    /** Deletes the rows 3, 4 and 7 by a vector in the log itself. */
    private static void addDeletionVector(KernelTable table, AddFile file) throws IOException {
        String remove = "{\"remove\":{\"path\":\"%s\",\"deletionTimestamp\":1,\"dataChange\":true,\"size\":%d}}";
        String add =
                "{\"add\":{\"path\":\"%s\",\"partitionValues\":{},\"size\":%d,\"modificationTime\":1,\"dataChange\":true,"
                        + "\"stats\":\"{\\\"numRecords\\\":35,\\\"tightBounds\\\":false}\",\"deletionVector\":{\"storageType\":\"i\","
                        + "\"pathOrInlineDv\":\"%s\",\"sizeInBytes\":%d,\"cardinality\":3}}}";
        byte[] vector = deletionVector();
        Files.writeString(
                table.log(table.version() + 1),
                remove.formatted(file.getPath(), file.getSize()) + "\n"
                        + add.formatted(file.getPath(), file.getSize(), Base85Codec.encodeBytes(vector), vector.length)
                        + "\n");
    }

    private static byte[] deletionVector() throws IOException {
        RoaringBitmap rows = RoaringBitmap.bitmapOf(3, 4, 7);
        ByteBuffer bytes =
                ByteBuffer.allocate(16 + rows.serializedSizeInBytes()).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(1681511377).putLong(1).putInt(0);
        rows.serialize(bytes.slice().order(ByteOrder.LITTLE_ENDIAN));
        // Base 85 takes four bytes at a time.
        return Arrays.copyOf(bytes.array(), (bytes.capacity() + 3) / 4 * 4);
    }

    @Test
    void aFileThatCannotBeReadIsLeftAndTheOthersAreMerged() throws IOException {
        KernelTable table = plain(Map.of());
        AddFile damaged = table.files().get(0);
        Files.write(table.folder().resolve(damaged.getPath()), new byte[(int) damaged.getSize()]);

        TableReport report = compact(table);

        assertThat(report.counts().rewrittenDataFiles()).isEqualTo(2);
        assertThat(report.plan().left()).singleElement().satisfies(left -> {
            assertThat(left.reason()).isEqualTo(LeftReason.REFUSED);
            assertThat(left.examples())
                    .singleElement()
                    .asString()
                    .startsWith(damaged.getPath() + ": not a Parquet file");
        });
        assertThat(table.files()).hasSize(2).anyMatch(file -> file.getPath().equals(damaged.getPath()));
    }

    @Test
    void filesOutsideOfTheFolderAreLeft() throws IOException {
        KernelTable table = plain(Map.of());
        KernelTable other = new KernelTable(folder.resolve("other")).create(PLAIN, Map.of());
        other.append(rows(100, 110));
        String path =
                other.folder().resolve(other.files().get(0).getPath()).toUri().toString();
        Files.writeString(
                table.log(4),
                "{\"add\":{\"path\":\"%s\",\"partitionValues\":{},\"size\":%d,\"modificationTime\":1,\"dataChange\":true}}\n"
                        .formatted(path, other.files().get(0).getSize()));

        TableReport report = compact(table);

        assertThat(report.plan().left()).anyMatch(left -> left.reason() == LeftReason.OUTSIDE && left.files() == 1);
        assertThat(table.files()).hasSize(2);
        assertThat(table.rows()).hasSize(70);
    }

    @Test
    void partitionValuesMayHoldAnyCharacter() throws IOException {
        StructType schema = PLAIN.add("kind", StringType.STRING);
        KernelTable table = new KernelTable(folder.resolve("table")).create(schema, Map.of(), "kind");
        for (String kind : List.of("a b%20/c=ü", "x:y", "")) {
            Literal value = kind.isEmpty() ? Literal.ofNull(StringType.STRING) : Literal.ofString(kind);
            table.append(Map.of("kind", value), row(1L, "a", kind.isEmpty() ? null : kind));
            table.append(Map.of("kind", value), row(2L, "b", kind.isEmpty() ? null : kind));
        }
        List<String> before = table.rows();

        assertThat(compact(table).counts().addedDataFiles()).isEqualTo(3);

        assertThat(table.rows()).isEqualTo(before);
        assertThat(table.files()).hasSize(3);
    }

    @Test
    void aFilterSelectsPartitions() throws IOException {
        StructType schema = PLAIN.add("day", DateType.DATE).add("kind", StringType.STRING);
        KernelTable table = new KernelTable(folder.resolve("table")).create(schema, Map.of(), "day", "kind");
        for (int day = 20_000; day < 20_003; day++) {
            for (String kind : Arrays.asList("a", "b", null)) {
                Literal value = kind == null ? Literal.ofNull(StringType.STRING) : Literal.ofString(kind);
                Map<String, Literal> partition = Map.of("day", Literal.ofDate(day), "kind", value);
                table.append(partition, row(1L, "x", day, kind)).append(partition, row(2L, "y", day, kind));
            }
        }
        Map<String, Integer> groups = Map.of(
                "day >= DATE '2024-10-05'", 6,
                "day = '2024-10-04' AND kind IN ('a', 'c')", 1,
                "NOT (kind = 'a')", 3,
                "kind IS NULL OR `day` <> DATE '2024-10-04' AND kind < 'b'", 5,
                "kind NOT IN ('a') AND day <= DATE '2024-10-06'", 3,
                "kind LIKE 'a%'", 3,
                "kind NOT LIKE 'a%' AND day = '2024-10-04'", 1,
                "kind = 'c'", 0);
        try (Table opened = open(table)) {
            groups.forEach((where, count) -> {
                TablePlan plan = opened.plan(TableRequest.defaults().withWhere(where));
                assertThat(plan.partitions()).as(where).hasSize(count);
                assertThat(plan.outcome()).isEqualTo(count == 0 ? Outcome.NOTHING_SELECTED : Outcome.COMPACTED);
            });
            for (String where : List.of(
                    "id = 1", "day = ", "day = 'soon'", "day ~ 1", "(day IS NULL", "day IS NULL x", "day LIKE '2%'")) {
                assertThat(catchThrowable(
                                () -> opened.plan(TableRequest.defaults().withWhere(where))))
                        .as(where)
                        .isInstanceOf(IllegalArgumentException.class);
            }
        }
        List<String> before = table.rows();

        compact(table, TableRequest.defaults().withWhere("kind = 'b'"));

        assertThat(table.rows()).isEqualTo(before);
        assertThat(table.files()).hasSize(15);
    }

    @Test
    void columnsThatGrewWiderAreMergedInTheWiderType() throws IOException {
        StructType narrow = new StructType()
                .add("n", IntegerType.INTEGER)
                .add("f", FloatType.FLOAT)
                .add("p", new DecimalType(8, 2));
        KernelTable table = new KernelTable(folder.resolve("table"))
                .create(narrow, Map.of("delta.enableTypeWidening", "true", "delta.columnMapping.mode", "name"));
        table.append(row(-7, 1.5f, new BigDecimal("-12.34")), row(null, Float.NaN, null));
        StructType schema = table.schema();
        table.evolve(new StructType()
                .add("n", LongType.LONG, schema.at(0).getMetadata())
                .add("f", DoubleType.DOUBLE, schema.at(1).getMetadata())
                .add("p", new DecimalType(20, 2), schema.at(2).getMetadata()));
        table.append(row(1L << 40, 0.1, new BigDecimal("123456789012345.67")));
        List<String> before = table.rows();

        assertThat(compact(table).counts().addedDataFiles()).isEqualTo(1);

        assertThat(table.files()).hasSize(1);
        assertThat(table.rows()).isEqualTo(before).hasSize(3);
    }

    @Test
    void aCheckpointIsReadByOurOwnDecoder() throws IOException {
        KernelTable table = plain(Map.of());
        table.checkpoint();
        for (int version = 0; version < 3; version++) {
            Files.move(table.log(version), folder.resolve("gone" + version));
        }
        List<String> before = table.rows();

        assertThat(compact(table).counts().rewrittenDataFiles()).isEqualTo(3);

        assertThat(table.rows()).isEqualTo(before).hasSize(60);
    }

    @Test
    void aCheckpointIsWrittenAtItsIntervalAndReadByOtherEngines() throws IOException {
        KernelTable table =
                plain(Map.of("delta.checkpointInterval", "2", "delta.enableRowTracking", "true", "custom.key", "ü"));
        table.append(Map.of(), rows(60, 61));
        table.append(Map.of(), rows(61, 62));
        List<String> before = table.trackedRows();

        assertThat(compact(table).notes()).isEmpty();

        Path checkpoint = table.folder().resolve("_delta_log/%020d.checkpoint.parquet".formatted(6));
        assertThat(checkpoint).exists();
        assertThat(DuckDb.canRead(checkpoint)).isTrue();
        assertThat(Files.readString(table.folder().resolve("_delta_log/_last_checkpoint")))
                .contains("\"version\":6");
        for (int version = 0; version < 6; version++) {
            Files.move(table.log(version), folder.resolve("gone" + version));
            Files.deleteIfExists(table.folder().resolve("_delta_log/%020d.crc".formatted(version)));
        }
        assertThat(table.trackedRows()).isEqualTo(before);
        assertThat(table.files()).singleElement().satisfies(file -> {
            assertThat(file.getNumRecords()).hasValue(62L);
            assertThat(file.getBaseRowId()).isPresent();
        });
        assertThat(table.newest().getTableProperties()).containsEntry("custom.key", "ü");
        table.append(rows(70, 75));
        assertThat(table.rows()).hasSize(67);
        assertThat(compact(table).counts().rewrittenDataFiles()).isEqualTo(2);
    }

    @Test
    void theChecksumAfterTheCommitIsTheOneThatKernelWouldWrite() throws IOException {
        KernelTable table = plain(Map.of());
        compact(table);

        assertThat(table.folder().resolve("_delta_log/%020d.crc".formatted(4))).exists();
        assertThat(table.newest().getCurrentCrcInfo()).hasValueSatisfying(crc -> {
            assertThat(crc.getVersion()).isEqualTo(4);
            assertThat(crc.getNumFiles()).isEqualTo(1);
        });
    }

    @Test
    void optionsOfOtherNamesAreRefused() throws IOException {
        KernelTable table = plain(Map.of());

        assertThat(catchThrowable(
                        () -> compact(table, TableRequest.defaults().withOptions(Map.of("rewrite-all", "true")))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("rewrite-all")
                .hasMessageContaining("target-file-size-bytes");
    }
}
