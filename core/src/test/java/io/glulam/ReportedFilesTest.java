package io.glulam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glulam.error.CorruptFile;
import io.glulam.plan.Effort;
import io.glulam.plan.Settings;
import io.glulam.plan.Threshold;
import io.glulam.testkit.oracle.DuckDb;
import io.glulam.testkit.read.Corpus;
import io.glulam.testkit.read.TripletComparison;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.filter2.compat.FilterCompat;
import org.apache.parquet.filter2.predicate.FilterApi;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Files made after public bug reports, beside the corpus, outside of the project: those whose rows are contradictory are refused,
 * the others hold the same afterwards. Without them no test runs; generated files of the same kinds are tests of their own.
 */
@Tag("corpus")
class ReportedFilesTest {
    @TempDir
    Path folder;

    private record Attempt(Path file, Effort effort) {
        @Override
        public String toString() {
            return file.getFileName() + ", " + effort;
        }
    }

    static Stream<Attempt> ofMiscountedRows() {
        return attempts("F2_", "F3_");
    }

    static Stream<Attempt> ofNullPages() {
        return attempts("F1_");
    }

    static Stream<Attempt> ofDamagedAids() {
        return attempts("F1_", "F4_", "F5_");
    }

    private static Stream<Attempt> attempts(String... prefixes) {
        return files().filter(
                        file -> Stream.of(prefixes).anyMatch(file.getFileName().toString()::startsWith))
                .flatMap(file -> Stream.of(Effort.values()).map(effort -> new Attempt(file, effort)));
    }

    private static Stream<Path> files() {
        return Corpus.find().stream()
                .map(corpus -> corpus.root().resolveSibling("reports"))
                .filter(Files::isDirectory)
                .flatMap(ReportedFilesTest::filesIn);
    }

    private static Stream<Path> filesIn(Path folder) {
        try (Stream<Path> listed = Files.list(folder)) {
            return listed.filter(file -> file.toString().endsWith(".parquet")).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("ofMiscountedRows")
    void contradictoryRowsAreRefused(Attempt attempt) {
        assertThatThrownBy(() -> compact(attempt.file(), attempt.effort())).isInstanceOf(CorruptFile.class);
        assertThat(output()).doesNotExist();
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("ofDamagedAids")
    void damagedAidsCostNoRow(Attempt attempt) throws IOException {
        compact(attempt.file(), attempt.effort());
        assertThat(TripletComparison.firstDifference(attempt.file(), output())).isEmpty();
        assertThat(DuckDb.firstDifference(attempt.file(), output())).isEmpty();
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("ofNullPages")
    void aFilterFindsTheRowOfAPageThatIsCalledANullPage(Attempt attempt) throws IOException {
        compact(attempt.file(), attempt.effort());
        assertThat(rowsOf17(output())).isEqualTo(1);
    }

    private static int rowsOf17(Path file) throws IOException {
        int rows = 0;
        try (ParquetReader<Group> reader = ParquetReader.builder(
                        new GroupReadSupport(), new org.apache.hadoop.fs.Path(file.toUri()))
                .withFilter(FilterCompat.get(FilterApi.eq(FilterApi.intColumn("x"), 17)))
                .build()) {
            while (reader.read() != null) {
                rows++;
            }
        }
        return rows;
    }

    private Path output() {
        return folder.resolve("output.parquet");
    }

    private void compact(Path source, Effort effort) throws IOException {
        Files.deleteIfExists(output());
        new Compactor(CompactionOptions.defaults()
                        .withSettings(
                                Settings.defaults().withEffort(effort).withThreshold(new Threshold.Fixed(1L << 30))))
                .run(Job.of(source, output()));
    }
}
