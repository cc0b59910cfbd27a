package io.glulam;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.plan.Effort;
import io.glulam.plan.Settings;
import io.glulam.plan.Threshold;
import io.glulam.testkit.bytes.ChunkScript;
import io.glulam.testkit.bytes.FileScript;
import io.glulam.testkit.bytes.RowGroupScript;
import io.glulam.testkit.bytes.SchemaScript;
import io.glulam.testkit.generate.DuckDbSession;
import io.glulam.testkit.read.Triplets;
import io.glulam.testkit.read.Values;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.filter2.compat.FilterCompat;
import org.apache.parquet.filter2.predicate.FilterApi;
import org.apache.parquet.format.Type;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A column index calls a page that holds values a null page: filters on the output find what both readers find in the source. */
class NullPageFilterTest {
    private static final int ROWS = 40;
    private static final int WANTED = 17;

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void theRowIsFoundByBothReaders(Effort effort) throws Exception {
        for (int pageValues : new int[] {10, ROWS}) {
            Path source = write(pageValues);
            Path output = folder.resolve("output.parquet");
            new Compactor(CompactionOptions.defaults()
                            .withOverwrite(true)
                            .withSettings(Settings.defaults()
                                    .withEffort(effort)
                                    .withThreshold(new Threshold.Fixed(1L << 30))))
                    .run(Job.of(source, output));

            assertThat(foundByDuckDb(source)).isEqualTo(1);
            assertThat(foundByDuckDb(output)).isEqualTo(1);
            assertThat(foundByParquetJava(source)).isEqualTo(1);
            assertThat(foundByParquetJava(output)).isEqualTo(1);
        }
    }

    private static int foundByDuckDb(Path file) throws Exception {
        try (DuckDbSession duckDb = DuckDbSession.open()) {
            return Integer.parseInt(duckDb.text("SELECT count(*)::VARCHAR FROM '" + file + "' WHERE x = " + WANTED)
                    .orElseThrow());
        }
    }

    private static int foundByParquetJava(Path file) throws IOException {
        int found = 0;
        try (ParquetReader<Group> reader = ParquetReader.builder(
                        new GroupReadSupport(), new org.apache.hadoop.fs.Path(file.toUri()))
                .withFilter(FilterCompat.get(FilterApi.eq(FilterApi.intColumn("x"), WANTED)))
                .build()) {
            while (reader.read() != null) {
                found++;
            }
        }
        return found;
    }

    private Path write(int pageValues) throws IOException {
        FileScript script =
                new FileScript(new SchemaScript().optional("x", Type.INT32).build(), 1);
        for (int group = 0; group < 3; group++) {
            int[] definition = new int[ROWS];
            Arrays.fill(definition, 1);
            Values.Builder values = new Values.Builder(ROWS);
            for (int row = 0; row < ROWS; row++) {
                values.addNumber(group * ROWS + row, 4);
            }
            ChunkScript chunk = new ChunkScript(
                            script.leaves().get(0), new Triplets(new int[ROWS], definition, values.build()))
                    .evenPages(pageValues)
                    .withColumnIndex()
                    .withOffsetIndex();
            if (group == 0) {
                int page = WANTED / pageValues;
                chunk.tamperColumnIndex(index -> {
                    index.getNull_pages().set(page, true);
                    index.getNull_counts().set(page, 0L);
                    index.getMin_values().set(page, ByteBuffer.allocate(0));
                    index.getMax_values().set(page, ByteBuffer.allocate(0));
                });
            }
            script.rowGroup(new RowGroupScript(ROWS, List.of(chunk)));
        }
        return Files.write(folder.resolve("source.parquet"), script.bytes());
    }
}
