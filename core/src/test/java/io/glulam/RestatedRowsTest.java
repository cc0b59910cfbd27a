package io.glulam;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.plan.Effort;
import io.glulam.plan.OutputGroup.MergedGroup;
import io.glulam.plan.Settings;
import io.glulam.plan.Threshold;
import io.glulam.plan.Tier;
import io.glulam.testkit.bytes.FileScript;
import io.glulam.testkit.bytes.MiscountedRows;
import io.glulam.testkit.bytes.PageScript;
import io.glulam.testkit.generate.Seeds;
import io.glulam.testkit.lint.Linter;
import io.glulam.testkit.read.PageInfo;
import io.glulam.testkit.read.ParquetFile;
import io.glulam.testkit.read.TripletComparison;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.DataPageHeaderV2;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Headers of version 2 pages that state other rows than their levels: in a row group of its own each does harm to itself
 * only, in a merged one to all that follow. Pages that move get a header with the rows that were counted.
 */
class RestatedRowsTest {
    @TempDir
    Path folder;

    enum Lie {
        A_ROW_TOO_MANY(header -> header.setNum_rows(header.getNum_rows() + 1)),
        A_ROW_TOO_FEW(header -> header.setNum_rows(header.getNum_rows() - 1)),
        NO_ROWS(header -> header.setNum_rows(0)),
        NEGATIVE(header -> header.setNum_rows(-7)),
        MORE_THAN_VALUES(header -> header.setNum_rows(1 << 30)),
        /** As Arrow C++ did, and with its 0 for nulls that it has not counted. */
        VALUES_FOR_ROWS(header -> header.setNum_rows(header.getNum_values()).setNum_nulls(0));

        private final Consumer<DataPageHeaderV2> lie;

        Lie(Consumer<DataPageHeaderV2> lie) {
            this.lie = lie;
        }
    }

    @ParameterizedTest
    @EnumSource
    void aMovedPageStatesTheRowsThatWereCounted(Lie lie) throws IOException {
        for (boolean indexed : new boolean[] {true, false}) {
            Path source = write(
                    page -> page.tamperHeader(header -> lie.lie.accept(header.getData_page_header_v2())), indexed);
            Path output = folder.resolve("output.parquet");
            CompactionReport report = new Compactor(CompactionOptions.defaults()
                            .withSettings(settings())
                            .withOverwrite(true))
                    .run(Job.of(source, output));

            assertThat(((MergedGroup) report.plan().groups().get(0)).columns())
                    .extracting(column -> column.tier())
                    .containsOnly(Tier.JOIN);
            assertThat(TripletComparison.firstDifference(source, output)).isEmpty();
            assertThat(Linter.errors(output)).isEmpty();
            assertThat(rows(output)).isEqualTo(rows(write(page -> {}, indexed)));
            try (ParquetFile file = ParquetFile.open(output)) {
                assertThat(file.metaData().getRow_groups().get(0).getColumns())
                        .as("the offset index tells the rows that were counted")
                        .allMatch(chunk -> !indexed || chunk.isSetOffset_index_offset());
            }
        }
    }

    /** Only the column index tells of levels, so that nothing else contradicts it. */
    @Test
    void aLevelHistogramWithOtherRowsThanWereCountedIsDropped() throws IOException {
        FileScript script = MiscountedRows.sound(
                Seeds.base(), 24, chunk -> chunk.withOffsetIndex().withSizeStatistics());
        script.eachChunk(chunk -> {
            if (chunk.leaf().maxRepetitionLevel() > 0) {
                chunk.tamperColumnIndex(index -> {
                    List<Long> levels = index.getRepetition_level_histograms();
                    levels.set(0, levels.get(0) - 1);
                    levels.set(1, levels.get(1) + 1);
                });
                chunk.tamper(entry -> entry.getMeta_data().unsetSize_statistics());
            }
        });
        Path source = Files.write(folder.resolve("source.parquet"), script.bytes());
        Path output = folder.resolve("output.parquet");
        new Compactor(CompactionOptions.defaults().withSettings(settings())).run(Job.of(source, output));

        assertThat(TripletComparison.firstDifference(source, output)).isEmpty();
        assertThat(Linter.errors(output)).isEmpty();
    }

    private static Settings settings() {
        return Settings.defaults()
                .withThreshold(new Threshold.Fixed(1 << 30))
                .withEffort(Effort.COPY)
                .withPages(1 << 20, 70);
    }

    private Path write(Consumer<PageScript> change, boolean indexed) throws IOException {
        FileScript script = MiscountedRows.sound(Seeds.base(), 24, chunk -> {
            chunk.compression(io.glulam.testkit.bytes.Compression.of(CompressionCodec.SNAPPY));
            chunk.eachPage(page -> change.accept(page.version(2)));
            if (indexed) {
                chunk.withColumnIndex().withOffsetIndex().withSizeStatistics();
            }
        });
        return Files.write(folder.resolve("source.parquet"), script.bytes());
    }

    /** Of each page in the order of the row groups, for each column. */
    private static List<List<Integer>> rows(Path path) {
        List<List<Integer>> rows = new ArrayList<>();
        try (ParquetFile file = ParquetFile.open(path)) {
            for (int leaf = 0; leaf < file.leaves().size(); leaf++) {
                List<Integer> ofColumn = new ArrayList<>();
                for (int group = 0; group < file.rowGroups(); group++) {
                    file.pages(group, leaf).dataPages().stream()
                            .map(PageInfo::numRows)
                            .forEach(ofColumn::add);
                }
                rows.add(ofColumn);
            }
        }
        return rows;
    }
}
