package io.glulam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glulam.error.Unsupported;
import io.glulam.plan.Effort;
import io.glulam.plan.Settings;
import io.glulam.plan.Threshold;
import io.glulam.testkit.bytes.FileScript;
import io.glulam.testkit.bytes.MiscountedRows;
import io.glulam.testkit.generate.DuckDbSession;
import io.glulam.testkit.oracle.DuckDb;
import io.glulam.testkit.read.ParquetFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code FileMetaData.num_rows} that is not the sum of the row groups'. DuckDB and parquet-java count row groups and do not
 * look at it, so that it is corrected.
 */
class FileRowCountTest {
    private static final int ROWS = 480;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(longs = {0, ROWS - 1, ROWS + 1, Long.MAX_VALUE})
    void readersDoNotLookAtIt(long stated) throws Exception {
        Path source = write(stated);
        try (DuckDbSession duckDb = DuckDbSession.open();
                ParquetFileReader reader = ParquetFileReader.open(
                        HadoopInputFile.fromPath(new org.apache.hadoop.fs.Path(source.toUri()), new Configuration()))) {
            assertThat(duckDb.text("SELECT count(*)::VARCHAR FROM '" + source + "'"))
                    .hasValue("" + ROWS);
            assertThat(reader.getRecordCount()).isEqualTo(ROWS);
        }
    }

    @ParameterizedTest
    @EnumSource
    void itIsCorrectedWithAWordAndRefusedIfStrict(Effort effort) throws IOException {
        for (long stated : new long[] {0, ROWS - 1, ROWS + 1, Long.MAX_VALUE}) {
            Path source = write(stated);
            Path output = folder.resolve("output.parquet");
            Settings settings = Settings.defaults().withEffort(effort).withThreshold(new Threshold.Fixed(1L << 30));
            CompactionReport report = compact(source, output, settings);

            assertThat(statedRows(output)).isEqualTo(ROWS);
            assertThat(report.dropped())
                    .anySatisfy(line -> assertThat(line)
                            .isEqualTo("FileMetaData.num_rows: it is not the sum of the row groups' rows,"
                                    + " which is written instead"));
            assertThat(DuckDb.firstDifference(source, output)).isEmpty();
            assertThat(FileVerifier.firstDifference(source, output, CompactionOptions.defaults()))
                    .isEmpty();
            assertThatThrownBy(() -> compact(source, folder.resolve("strict"), settings.withStrict(true)))
                    .isInstanceOf(Unsupported.class)
                    .hasMessageContaining("FileMetaData.num_rows would be lost");
        }
    }

    private static CompactionReport compact(Path source, Path output, Settings settings) {
        return new Compactor(CompactionOptions.defaults().withSettings(settings).withOverwrite(true))
                .run(Job.of(source, output));
    }

    private static long statedRows(Path file) {
        try (ParquetFile opened = ParquetFile.open(file)) {
            return opened.metaData().getNum_rows();
        }
    }

    private Path write(long stated) throws IOException {
        FileScript script = MiscountedRows.sound(1, 24, chunk -> {}).tamper(footer -> footer.setNum_rows(stated));
        return Files.write(folder.resolve("source.parquet"), script.bytes());
    }
}
