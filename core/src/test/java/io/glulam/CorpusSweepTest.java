package io.glulam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.glulam.CorpusExpectations.Form;
import io.glulam.error.GlulamException;
import io.glulam.plan.Effort;
import io.glulam.plan.Order;
import io.glulam.plan.Rewrite;
import io.glulam.plan.Settings;
import io.glulam.plan.Threshold;
import io.glulam.testkit.generate.Refragmenter;
import io.glulam.testkit.generate.RepeatedFile;
import io.glulam.testkit.oracle.DuckDb;
import io.glulam.testkit.read.Corpus;
import io.glulam.testkit.read.MalformedFile;
import io.glulam.testkit.read.TripletComparison;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every file of the corpus: compacted it holds the same, or it is refused for a reason. As it is; with its row groups
 * repeated byte for byte, so that the pages of every writer are merged; and written again in small row groups.
 */
@Tag("corpus")
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CorpusSweepTest {
    private static final long BUFFERS = 128L << 20;
    private static final long MOST_BYTES_REPEATED = 1L << 20;
    private static final SweepTally TALLY = new SweepTally();

    private static final Settings EVERYTHING = Settings.defaults().withThreshold(new Threshold.Fixed(1L << 30));
    private static final List<Settings> SETTINGS = List.of(
            Settings.defaults().withEffort(Effort.COPY),
            EVERYTHING,
            EVERYTHING.withEffort(Effort.SMALLEST).withRewrite(Rewrite.ALL),
            Settings.defaults()
                    .withOrder(Order.HEALTHY_FIRST)
                    .withMaxRows(1_000)
                    .withPages(4 << 10, 500));

    @TempDir
    Path folder;

    static Stream<Corpus.Entry> entries() {
        return Corpus.find().stream().flatMap(corpus -> corpus.entries().stream());
    }

    static Stream<Corpus.Entry> smallEntries() {
        return entries().filter(entry -> Long.parseLong(entry.columns().get("size")) <= MOST_BYTES_REPEATED);
    }

    @AfterAll
    static void summary() {
        System.out.println(TALLY);
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("entries")
    void asItIs(Corpus.Entry entry) throws IOException {
        sweep(entry, Form.AS_IT_IS, entry.path());
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("smallEntries")
    void withItsRowGroupsRepeated(Corpus.Entry entry) throws IOException {
        Path repeated = folder.resolve("repeated.parquet");
        try {
            RepeatedFile.write(entry.path(), repeated, 3);
        } catch (MalformedFile notReadable) {
            assumeTrue(false, notReadable.getMessage());
        }
        sweep(entry, Form.REPEATED, repeated);
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("smallEntries")
    void writtenAgainInSmallRowGroups(Corpus.Entry entry) throws IOException {
        assumeTrue(CorpusExpectations.isForOtherReaders(entry), "not for parquet-java");
        long rows = Long.parseLong("0" + entry.columns().get("rows_footer"));
        Path fragmented = folder.resolve("fragmented.parquet");
        try {
            Refragmenter.refragment(entry.path(), fragmented, (int) Math.max(1, rows / 7));
        } catch (IOException | RuntimeException | LinkageError theyCannot) {
            assumeTrue(false, "not for parquet-java: " + theyCannot.getMessage());
        }
        sweep(entry, Form.REFRAGMENTED, fragmented);
    }

    private void sweep(Corpus.Entry entry, Form form, Path source) throws IOException {
        for (Settings settings : SETTINGS) {
            try {
                sweep(entry, form, source, settings);
            } catch (AssertionError | RuntimeException failure) {
                throw new AssertionError(form + " with " + settings + ": " + failure, failure);
            }
        }
    }

    private void sweep(Corpus.Entry entry, Form form, Path source, Settings settings) throws IOException {
        Path output = folder.resolve("output.parquet");
        CompactionReport report;
        try {
            report = new Compactor(CompactionOptions.defaults()
                            .withSettings(settings)
                            .withBufferBytes(BUFFERS)
                            .withOverwrite(true))
                    .run(Job.of(source, output));
        } catch (GlulamException refusal) {
            assertThat(refusal.getMessage()).isNotBlank().doesNotContain("\n");
            TALLY.refused(form, refusal);
            assertThat(CorpusExpectations.objection(entry, form, settings, refusal))
                    .isEmpty();
            return;
        }
        assertThat(CorpusExpectations.objection(
                        entry, form, settings, !report.plan().isEmpty()))
                .isEmpty();
        TALLY.compacted(form, report);
        if (report.plan().isEmpty()) {
            assertThat(Files.mismatch(source, output))
                    .as("first byte that differs though there was nothing to do")
                    .isEqualTo(-1);
        } else if (isReadable(source)) {
            prove(entry, source, settings, output);
        } else {
            assertThat(isReadable(output))
                    .as("whether the output can be read, unlike the source")
                    .isFalse();
        }
    }

    private void prove(Corpus.Entry entry, Path source, Settings settings, Path output) throws IOException {
        CompactionProof.ofForeignFile(source, settings, folder, BUFFERS).holds();
        if (settings == EVERYTHING && CorpusExpectations.isForOtherReaders(entry)) {
            assertThat(DuckDb.firstDifference(source, output))
                    .as("first difference for DuckDB")
                    .isEmpty();
        }
    }

    private static boolean isReadable(Path path) {
        try {
            return TripletComparison.firstDifference(path, path).isEmpty();
        } catch (MalformedFile malformed) {
            return false;
        }
    }
}
