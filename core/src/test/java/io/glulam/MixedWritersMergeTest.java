package io.glulam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glulam.error.Unsupported;
import io.glulam.inputs.Candidate;
import io.glulam.inputs.FoundInputs;
import io.glulam.local.LocalStore;
import io.glulam.plan.Settings;
import io.glulam.plan.Threshold;
import io.glulam.plan.Verify;
import io.glulam.testkit.bytes.ChunkScript;
import io.glulam.testkit.bytes.Compression;
import io.glulam.testkit.bytes.FileScript;
import io.glulam.testkit.bytes.NastyFile;
import io.glulam.testkit.bytes.NastyFiles;
import io.glulam.testkit.bytes.RowGroupScript;
import io.glulam.testkit.bytes.SchemaScript;
import io.glulam.testkit.generate.DuckDbSession;
import io.glulam.testkit.generate.Seeds;
import io.glulam.testkit.read.LeafColumn;
import io.glulam.testkit.read.ParquetFile;
import io.glulam.testkit.read.TripletComparison;
import io.glulam.testkit.read.Triplets;
import io.glulam.testkit.read.Values;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.IntType;
import org.apache.parquet.format.LogicalType;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Statistics;
import org.apache.parquet.format.Type;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each row group of a merge is judged by the writer of its own file, and readers trust no bound newly. */
@Tag("once")
class MixedWritersMergeTest {
    private static final String MR = "parquet-mr version 1.15.0 (build 0)";
    private static final String OLD_MR = "parquet-mr version 1.6.0 (build 0)";
    private static final String OLD_RS = "parquet-rs version 12.0.0";
    private static final String HYPARQUET = "hyparquet";
    private static final String OLD_PYARROW = "parquet-cpp version 1.5.1-SNAPSHOT";
    private static final List<String> WRITERS = List.of(
            MR,
            OLD_MR,
            OLD_RS,
            HYPARQUET,
            OLD_PYARROW,
            "parquet-mr version 1.2.8 (build 0)",
            "DuckDB version v1.4.0 (build 0)",
            "Polars",
            "parquet-cpp-arrow version 24.0.0",
            "fastparquet-python version 2024.2.0 (build 0)",
            "");
    private static final int ROWS = 40;
    private static final Threshold KEEPS_ALL = new Threshold.Fixed(1);

    @TempDir
    Path folder;

    private int files;

    /** Numbers that pass 2^31 and texts, both ascending from {@code first} on. */
    private FileScript script(String writer, int first, UnaryOperator<ChunkScript> change) {
        SchemaScript schema = new SchemaScript().required("number", Type.INT32);
        schema.last().setLogicalType(LogicalType.INTEGER(new IntType((byte) 32, false)));
        List<SchemaElement> elements =
                schema.text("text", FieldRepetitionType.REQUIRED).build();
        FileScript file = new FileScript(elements, 1).createdBy(writer);
        byte[][] numbers =
                IntStream.range(first, first + ROWS).mapToObj(i -> number(i)).toArray(byte[][]::new);
        byte[][] texts = IntStream.range(first, first + ROWS)
                .mapToObj(i -> "é%03d".formatted(i).getBytes(StandardCharsets.UTF_8))
                .toArray(byte[][]::new);
        List<ChunkScript> chunks = List.of(
                change.apply(chunk(file.leaves().get(0), numbers)),
                change.apply(chunk(file.leaves().get(1), texts)));
        return file.rowGroup(new RowGroupScript(ROWS, chunks));
    }

    private static byte[] number(int i) {
        return ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(Integer.MAX_VALUE - 60 + i)
                .array();
    }

    private static ChunkScript chunk(LeafColumn leaf, byte[][] values) {
        int[] levels = new int[values.length];
        return new ChunkScript(leaf, new Triplets(levels, levels, Values.of(values)))
                .evenPages(10)
                .withColumnIndex()
                .withOffsetIndex();
    }

    private Path file(FileScript script) throws IOException {
        return Files.write(folder.resolve("part-" + files++ + ".parquet"), script.bytes());
    }

    private Path file(String writer, int first) throws IOException {
        return file(script(writer, first, chunk -> chunk));
    }

    private static MergeReport merge(Settings settings, Path output, List<Path> pieces) {
        FoundInputs inputs = FoundInputs.of(pieces.stream()
                .map(piece -> new Candidate(LocalStore.object(piece), ""))
                .toList());
        CompactionOptions options = CompactionOptions.defaults()
                .withSettings(settings.withVerify(Verify.VALUES))
                .withOverwrite(true);
        return new Merger(MergeOptions.defaults().withCompaction(options))
                .merge(inputs, (group, index) -> LocalStore.object(output));
    }

    private Path merged(Threshold threshold, Path... pieces) {
        Path output = folder.resolve("merged.parquet");
        merge(Settings.defaults().withThreshold(threshold), output, Arrays.asList(pieces));
        return output;
    }

    private static List<ColumnMetaData> chunks(Path file, int column) {
        try (ParquetFile opened = ParquetFile.open(file)) {
            List<RowGroup> rowGroups = opened.metaData().getRow_groups();
            return rowGroups.stream()
                    .map(group -> group.getColumns().get(column).getMeta_data())
                    .toList();
        }
    }

    private static List<Boolean> bounded(Path file, int column) {
        return chunks(file, column).stream()
                .map(chunk -> chunk.isSetStatistics() && chunk.getStatistics().isSetMin_value())
                .toList();
    }

    private static List<Boolean> indexed(Path file, int column) {
        try (ParquetFile opened = ParquetFile.open(file)) {
            return opened.metaData().getRow_groups().stream()
                    .map(group -> group.getColumns().get(column).isSetColumn_index_offset())
                    .toList();
        }
    }

    private static String createdBy(Path file) {
        try (ParquetFile opened = ParquetFile.open(file)) {
            return opened.metaData().getCreated_by();
        }
    }

    @Test
    void keptRowGroupsLoseBoundsThatReadersWouldBelieveNewly() throws IOException {
        // Readers believe this writer's bounds of texts, not of unsigned numbers; of the other one, the reverse.
        Path rs = file(OLD_RS, 0);
        Path hyparquet = file(HYPARQUET, ROWS);

        Path output = merged(KEEPS_ALL, rs, hyparquet);

        assertThat(createdBy(output)).isEqualTo(OLD_RS);
        assertThat(bounded(output, 0)).containsExactly(true, true);
        assertThat(bounded(output, 1)).containsExactly(true, false);
        assertThat(indexed(output, 1)).containsExactly(true, false);
        assertThat(chunks(output, 1).get(1).getStatistics().getNull_count()).isZero();

        Path other = merged(KEEPS_ALL, hyparquet, rs);

        assertThat(createdBy(other)).isEqualTo(HYPARQUET);
        assertThat(bounded(other, 0)).containsExactly(true, false);
        assertThat(bounded(other, 1)).containsExactly(true, true);
    }

    @Test
    void lyingBoundsOfAWriterThatIsNotBelievedHideNoRow() throws IOException {
        Path rs = file(OLD_RS, 0);
        Path lying = file(script(
                HYPARQUET,
                ROWS,
                chunk -> chunk.tamper(entry -> {
                    Statistics statistics = entry.getMeta_data().getStatistics();
                    statistics.setMax_value(statistics.getMin_value());
                })));

        for (Threshold threshold : List.of(KEEPS_ALL, new Threshold.Fixed(1 << 20))) {
            Path output = merged(threshold, rs, lying);

            // The first and the last row of each page.
            for (int i = 0; i < 2 * ROWS; i += i % 10 == 0 ? 9 : 1) {
                assertThat(count(output, "text = 'é%03d'".formatted(i)))
                        .as("row " + i)
                        .isEqualTo("1");
            }
        }
    }

    private static String count(Path file, String where) {
        String sql = "SELECT count(*) FROM '%s' WHERE %s".formatted(file, where);
        try (DuckDbSession duck = DuckDbSession.open()) {
            return duck.rows(sql).get(0).get(0);
        } catch (SQLException e) {
            throw new AssertionError(sql, e);
        }
    }

    @Test
    void fragmentsOfATrustedWriterKeepTheirBoundsUnderTheNameOfAnother() throws IOException {
        List<Path> pieces = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            pieces.add(file(i < 2 ? MR : OLD_MR, i * ROWS));
        }
        Path output = folder.resolve("merged.parquet");
        Settings settings = Settings.defaults().withMaxRows(2 * ROWS);

        MergeReport report = merge(settings, output, pieces);

        assertThat(createdBy(output)).isEqualTo(OLD_MR);
        assertThat(bounded(output, 0)).containsExactly(true, true);
        assertThat(bounded(output, 1)).containsExactly(true, false);
        assertThat(indexed(output, 1)).containsExactly(true, false);
        assertThat(report.outputs()).hasSize(1);
    }

    @Test
    void filesOfOldPyArrowAreMergedWithOthersUnderTheOthersName() throws IOException {
        Path old = file(OLD_PYARROW, 0);
        Path today = file(MR, ROWS);

        Path output = merged(KEEPS_ALL, old, today);

        assertThat(createdBy(output)).isEqualTo(MR);
        assertThat(count(output, "number > 0 AND text <> ''")).isEqualTo("80");
    }

    @Test
    void pagesThatOnlyTheirWritersNameExplainsAreRefused() throws IOException {
        Path old = file(script(
                OLD_PYARROW,
                0,
                chunk -> chunk.compression(Compression.of(CompressionCodec.SNAPPY))
                        .eachPage(page -> page.version(2)
                                .tamperHeader(header ->
                                        header.getData_page_header_v2().setIs_compressed(false)))));
        Path delta = file(script(HYPARQUET, ROWS, MixedWritersMergeTest::inDelta));

        assertRefused("data pages of version 2", old, file(MR, ROWS));
        assertRefused("DELTA_BYTE_ARRAY pages", file(OLD_RS, 0), delta);
        Path silent = file(script(
                HYPARQUET,
                ROWS,
                chunk -> inDelta(chunk)
                        .tamper(entry -> entry.getMeta_data().setEncodings(new ArrayList<>(List.of(Encoding.PLAIN))))));
        assertRefused("DELTA_BYTE_ARRAY pages", file(OLD_RS, 0), silent);
        assertThat(merged(KEEPS_ALL, old, file(OLD_PYARROW, ROWS))).exists();
    }

    private static ChunkScript inDelta(ChunkScript chunk) {
        return chunk.leaf().dottedPath().equals("text")
                ? chunk.eachPage(page -> page.encoding(Encoding.DELTA_BYTE_ARRAY))
                : chunk;
    }

    private void assertRefused(String what, Path... pieces) {
        assertThatThrownBy(() -> merged(KEEPS_ALL, pieces))
                .isInstanceOf(Unsupported.class)
                .hasMessageContaining(what);
        assertThat(folder.resolve("merged.parquet")).doesNotExist();
    }

    @Test
    void strictRefusesToLeaveBoundsOut() throws IOException {
        Path rs = file(OLD_RS, 0);
        Path hyparquet = file(HYPARQUET, ROWS);
        Settings strict = Settings.defaults().withThreshold(KEEPS_ALL).withStrict(true);

        assertThatThrownBy(() -> merge(strict, folder.resolve("merged.parquet"), List.of(rs, hyparquet)))
                .isInstanceOf(Unsupported.class)
                .hasMessageContaining("statistics");
    }

    @Test
    void whoeverWroteThePiecesTheirMergeHoldsAllValues() throws IOException {
        int merges = 0;
        for (long seed : Seeds.all(12).toArray()) {
            merges += provenMerges(seed);
        }
        assertThat(merges).isGreaterThan(10);
    }

    private int provenMerges(long seed) throws IOException {
        NastyFile nasty = NastyFiles.random(seed);
        Path whole = nasty.write(folder);
        List<Path> pieces = new ArrayList<>();
        Random random = new Random(Seeds.derive(seed, "writers"));
        for (FileScript piece : nasty.script().pieces()) {
            piece.createdBy(WRITERS.get(random.nextInt(WRITERS.size())));
            pieces.add(file(random.nextInt(5) == 0 ? piece.withoutColumnOrders() : piece));
        }
        int proven = 0;
        Path output = folder.resolve("merged.parquet");
        for (Settings settings :
                List.of(Settings.defaults(), Settings.defaults().withThreshold(KEEPS_ALL))) {
            Files.deleteIfExists(output);
            try {
                merge(settings, output, pieces);
            } catch (Unsupported refused) {
                assertThat(refused)
                        .hasMessageMatching("(?s).*(INT96|DELTA_BYTE_ARRAY pages|data pages of version 2).*");
                continue;
            }
            if (Files.exists(output)) {
                try (ParquetFile before = ParquetFile.open(whole);
                        ParquetFile after = ParquetFile.open(output)) {
                    assertThat(TripletComparison.firstDifference(before, after))
                            .as("seed " + seed)
                            .isEmpty();
                }
                proven++;
            }
        }
        return proven;
    }
}
