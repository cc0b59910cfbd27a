package io.glulam.planning;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.codec.JvmCodecs;
import io.glulam.execute.MergedSizes;
import io.glulam.execute.PlanExecutor;
import io.glulam.execute.support.MemoryWriter;
import io.glulam.footer.FooterReader;
import io.glulam.local.LocalFileReader;
import io.glulam.pipeline.ExecutionResources;
import io.glulam.plan.ColumnPlan;
import io.glulam.plan.Effort;
import io.glulam.plan.OutputGroup.MergedGroup;
import io.glulam.plan.Plan;
import io.glulam.plan.Settings;
import io.glulam.plan.Threshold;
import io.glulam.plan.Tier;
import io.glulam.source.SourceFile;
import io.glulam.testkit.generate.DuckDbSession;
import io.glulam.threads.LocalResources;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpliceSizeEstimatorTest {
    private static final long BUFFERS = 64L << 20;
    private static final Settings SETTINGS = Settings.defaults()
            .withEffort(Effort.COPY)
            .withThreshold(new Threshold.Fixed(1L << 30))
            .withTargetBytes(1 << 20);

    @TempDir
    Path folder;

    @Test
    void whatBecomesOfCopiedColumnsIsForeseen() throws SQLException {
        // Numbers that repeat over many fragments compress in large pages as they never did in small ones; words do
        // not.
        // The last column is PLAIN in one fragment and a dictionary in the next, so that it has to be recoded.
        Path source = folder.resolve("source.parquet");
        try (DuckDbSession duck = DuckDbSession.open()) {
            duck.execute("""
                COPY (SELECT (i // 3 %% 700)::INTEGER AS position, 'word ' || hash(i) %% 1000 AS word,
                    hash(i + 1) %% 300 AS number,
                    if(i // 2048 %% 2 = 0, hash(i) %% 5000, i %% 100) AS either FROM range(600000) t(i))
                TO %s (FORMAT parquet, ROW_GROUP_SIZE 2048)
                """.formatted(DuckDbSession.literal(source.toString())));
        }
        try (LocalFileReader reader = LocalFileReader.open(source)) {
            SourceFile file = SourceFile.of(reader, FooterReader.read(reader, BUFFERS), BUFFERS, JvmCodecs.INSTANCE);
            ExecutionResources resources = new LocalResources(2, BUFFERS, null, false);
            SurveyCache surveys = new SurveyCache(file, SETTINGS, resources);
            Plan plan = new Planner(surveys, SETTINGS, done -> {}).plan();
            MergedSizes merged = new PlanExecutor(surveys, resources, done -> {})
                    .execute(plan, new MemoryWriter())
                    .merged();
            List<ColumnPlan> columns = plan.groups().stream()
                    .flatMap(group -> ((MergedGroup) group).columns().stream())
                    .toList();

            assertThat(columns)
                    .hasSizeGreaterThan(3)
                    .extracting(ColumnPlan::tier)
                    .containsOnly(Tier.REMAP, Tier.COALESCE, Tier.RECODE);
            for (int i = 0; i < columns.size(); i++) {
                // Three windows of data that alternate so wildly are a coarse sample.
                double percent = columns.get(i).tier() == Tier.RECODE ? 15 : 5;
                assertThat((double) columns.get(i).expectedBytes())
                        .as("column %d", columns.get(i).leaf())
                        .isCloseTo(merged.bytes(i), Percentage.withPercentage(percent));
            }
        }
    }
}
