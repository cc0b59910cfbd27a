package io.glulam.execute;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.execute.support.Compaction;
import io.glulam.format.Encoding;
import io.glulam.format.Leaf;
import io.glulam.plan.ColumnPlan;
import io.glulam.plan.Reason;
import io.glulam.plan.Recoding;
import io.glulam.plan.Sample;
import io.glulam.plan.Settings;
import io.glulam.plan.Tier;
import io.glulam.plan.Verify;
import io.glulam.splice.ColumnSurveyor;
import io.glulam.splice.SurveyedColumn;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What recoding a column of numbers is expected to take of the heap. */
class RecodeMemoryTest {
    private static final Recoding PLAIN = new Recoding(Encoding.PLAIN, null);
    private static final Recoding INDEXED = new Recoding(Encoding.PLAIN, Encoding.RLE_DICTIONARY);

    @TempDir
    private Path folder;

    private Compaction compaction;
    private SurveyedColumn column;

    @BeforeEach
    void survey() throws IOException {
        compaction = Compaction.of(folder, WriterVersion.PARQUET_2_0, Verify.STRUCTURE);
        Leaf key = compaction.file.footer().schema().leaves().get(0);
        column = new ColumnSurveyor(1 << 20).survey(key, compaction.file.fragments(new int[] {1, 2}, key));
    }

    @AfterEach
    void close() {
        compaction.close();
    }

    private RecodeMemory memory(Recoding recoding, long expectedBytes, long distinct, Settings settings) {
        Sample sample = new Sample(1, 100, 100, distinct, 100);
        return RecodeMemory.of(
                column,
                new ColumnPlan(0, Tier.RECODE, Reason.SMALLEST_ENCODING, 0, 0, 0, 1, expectedBytes, recoding, sample),
                settings);
    }

    @Test
    void aDictionaryCountsByItsDistinctValuesUpToItsCap() {
        Settings settings = Settings.defaults();
        long without = memory(PLAIN, 1_000, 1_000, settings).making();

        assertThat(memory(INDEXED, 1_000, 1_000, settings).making() - without).isEqualTo(5 * 10_000);
        assertThat(memory(INDEXED, 1_000, 2_000, settings).making() - without).isEqualTo(5 * 20_000);
        assertThat(memory(INDEXED, 1_000, Long.MAX_VALUE / 100, settings))
                .as("beyond the cap, and where nothing was estimated")
                .isEqualTo(memory(INDEXED, 1_000, -1, settings));
    }

    @Test
    void largerPagesTakeMore() {
        long small = memory(PLAIN, 1_000, 10, Settings.defaults().withPages(1 << 20, 1_000))
                .making();
        long large = memory(PLAIN, 1_000, 10, Settings.defaults().withPages(1 << 20, 2_000))
                .making();

        assertThat(large - small).isEqualTo(3L * 8 * 1_000);
    }

    @Test
    void pagesThatDoNotFitTheSpoolAreHardlyHeld() {
        long fits = memory(PLAIN, RecodedColumn.SPOOL_MEMORY, 10, Settings.defaults())
                .holding();
        long spills = memory(PLAIN, 2 * RecodedColumn.SPOOL_MEMORY, 10, Settings.defaults())
                .holding();

        assertThat(spills).isLessThan(fits / 4);
    }

    @Test
    void columnsAheadOfTheirTurnMayTakeHalfAgainAsMuchAsBuffers() {
        assertThat(RecodeMemory.bytesAhead(16L << 20)).isEqualTo(24L << 20);
    }
}
