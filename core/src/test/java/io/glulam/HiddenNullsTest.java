package io.glulam;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.plan.Effort;
import io.glulam.plan.Settings;
import io.glulam.plan.Tier;
import io.glulam.testkit.bytes.ChunkScript;
import io.glulam.testkit.bytes.FileScript;
import io.glulam.testkit.bytes.RowGroupScript;
import io.glulam.testkit.bytes.SchemaScript;
import io.glulam.testkit.read.LeafColumn;
import io.glulam.testkit.read.ParquetFile;
import io.glulam.testkit.read.TripletComparison;
import io.glulam.testkit.read.Triplets;
import io.glulam.testkit.read.Values;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Type;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Arrow leaves absent and empty lists out of null_count: a page that it says is all null has fewer nulls than values. */
class HiddenNullsTest {
    private static final int ROWS = 500;

    @TempDir
    Path folder;

    @Test
    void aPageIndexThatHidesNullsIsCarriedOn() throws IOException {
        List<SchemaElement> schema =
                new SchemaScript().list("numbers", 1, Type.INT32).build();
        FileScript script = new FileScript(schema, 1);
        script.rowGroup(rowGroup(schema));
        script.rowGroup(rowGroup(schema));
        Path source = Files.write(folder.resolve("source.parquet"), script.bytes());
        Path output = folder.resolve("output.parquet");

        CompactionReport report = new Compactor(CompactionOptions.defaults()
                        .withSettings(
                                Settings.defaults().withEffort(Effort.COPY).withPages(1 << 20, ROWS)))
                .run(Job.of(source, output));

        assertThat(report.columns().get(0).tier()).isEqualTo(Tier.JOIN);
        assertThat(report.after().rowGroups()).isEqualTo(1);
        assertThat(report.dropped()).isEmpty();
        assertThat(TripletComparison.firstDifference(source, output)).isEmpty();
        try (ParquetFile file = ParquetFile.open(output)) {
            assertThat(file.metaData()
                            .getRow_groups()
                            .get(0)
                            .getColumns()
                            .get(0)
                            .isSetColumn_index_offset())
                    .isTrue();
        }
    }

    /** Lists of which half are absent and half empty. */
    private static RowGroupScript rowGroup(List<SchemaElement> schema) {
        int[] definition = new int[ROWS];
        Arrays.setAll(definition, row -> row % 2);
        ChunkScript chunk = new ChunkScript(
                        LeafColumn.of(schema).get(0), new Triplets(new int[ROWS], definition, Values.empty()))
                .evenPages(ROWS)
                .withOffsetIndex()
                .tamper(entry -> entry.getMeta_data().getStatistics().setNull_count(0))
                .tamperColumnIndex(index -> index.setNull_counts(List.of(0L)));
        return new RowGroupScript(ROWS, List.of(chunk));
    }
}
