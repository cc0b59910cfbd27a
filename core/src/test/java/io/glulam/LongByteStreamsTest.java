package io.glulam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glulam.error.CorruptFile;
import io.glulam.plan.Effort;
import io.glulam.plan.OutputGroup.MergedGroup;
import io.glulam.plan.Plan;
import io.glulam.plan.Settings;
import io.glulam.plan.Threshold;
import io.glulam.plan.Tier;
import io.glulam.testkit.bytes.ChunkScript;
import io.glulam.testkit.bytes.FileScript;
import io.glulam.testkit.bytes.RowGroupScript;
import io.glulam.testkit.bytes.SchemaScript;
import io.glulam.testkit.oracle.DuckDb;
import io.glulam.testkit.oracle.ParquetJava;
import io.glulam.testkit.read.Triplets;
import io.glulam.testkit.read.Values;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.Type;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Pages of BYTE_STREAM_SPLIT values with more bytes than their levels ask for: as DuckDB and parquet-java do, every tier
 * goes by the bytes to find the streams, and by the levels to count the values.
 */
class LongByteStreamsTest {
    private static final int GROUPS = 4;
    private static final int ROWS = 60;
    private static final int WIDTH = 8;

    @TempDir
    Path folder;

    enum Way {
        JOIN(Tier.JOIN, copy()),
        COALESCE(Tier.COALESCE, copy().withPages(1 << 20, 20_000)),
        RECODE(Tier.RECODE, copy().withEffort(Effort.SMALLEST));

        private final Tier tier;
        private final Settings settings;

        Way(Tier tier, Settings settings) {
            this.tier = tier;
            this.settings = settings;
        }

        private static Settings copy() {
            return Settings.defaults()
                    .withThreshold(new Threshold.Fixed(1L << 30))
                    .withEffort(Effort.COPY)
                    .withPages(1 << 20, ROWS / 2);
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyTierReadsThemAsReadersDo(Way way) throws IOException {
        Path source = write(LongByteStreamsTest::longer);

        Plan plan = new CompactionProof(source, way.settings, folder).holds().plan();

        assertThat(plan.groups())
                .allSatisfy(group -> assertThat(
                                ((MergedGroup) group).columns().get(0).tier())
                        .isEqualTo(way.tier));
        Path output = folder.resolve("compacted.parquet");
        assertThat(DuckDb.firstDifference(source, output)).isEmpty();
        assertThat(ParquetJava.firstDifference(source, output)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"COALESCE", "RECODE"})
    void streamsThatDifferInLengthAreCorrupt(Way way) throws IOException {
        Path source = write(bytes -> Arrays.copyOf(bytes, bytes.length + 1));

        assertThatThrownBy(() -> new Compactor(CompactionOptions.defaults().withSettings(way.settings))
                        .run(Job.of(source, folder.resolve("output.parquet"))))
                .isInstanceOf(CorruptFile.class)
                .hasMessageContaining("byte streams of");
    }

    /** One value more in each stream. */
    private static byte[] longer(byte[] streams) {
        int length = streams.length / WIDTH;
        byte[] result = new byte[streams.length + WIDTH];
        for (int i = 0; i < WIDTH; i++) {
            System.arraycopy(streams, i * length, result, i * (length + 1), length);
        }
        return result;
    }

    private Path write(UnaryOperator<byte[]> change) throws IOException {
        FileScript script =
                new FileScript(new SchemaScript().optional("x", Type.DOUBLE).build(), 1);
        for (int group = 0; group < GROUPS; group++) {
            int[] definition = new int[ROWS];
            Values.Builder values = new Values.Builder(ROWS);
            for (int row = 0; row < ROWS; row++) {
                definition[row] = row % 3 == 0 ? 0 : 1;
                if (definition[row] > 0) {
                    values.addNumber(Double.doubleToLongBits(group * 1000 + row), WIDTH);
                }
            }
            ChunkScript chunk = new ChunkScript(
                            script.leaves().get(0), new Triplets(new int[ROWS], definition, values.build()))
                    .evenPages(ROWS / 2)
                    .eachPage(page -> page.encoding(Encoding.BYTE_STREAM_SPLIT).tamperValues(change));
            script.rowGroup(new RowGroupScript(ROWS, List.of(chunk)));
        }
        return Files.write(folder.resolve("source.parquet"), script.bytes());
    }
}
