package io.glulam;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.CorpusExpectations.Form;
import io.glulam.error.GlulamException;
import io.glulam.plan.Effort;
import io.glulam.plan.Order;
import io.glulam.plan.Rewrite;
import io.glulam.plan.Settings;
import io.glulam.plan.Threshold;
import io.glulam.testkit.oracle.DuckDb;
import io.glulam.testkit.read.Corpus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every file of the corpus: compacted it holds the same, or it is refused for a reason. Each form of the files is a class, so
 * that two of them are swept at once.
 */
@Tag("corpus")
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
abstract class CorpusSweep {
    private static final long BUFFERS = 128L << 20;
    private static final long MAX_BYTES_REPEATED = 1L << 20;
    /** Of how many files one is swept in its changed forms. */
    private static final int SHARE = Integer.getInteger("glulam.corpus.share", 1);

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
        List<Corpus.Entry> small = entries()
                .filter(entry -> Long.parseLong(entry.columns().get("size")) <= MAX_BYTES_REPEATED)
                .toList();
        return IntStream.range(0, small.size())
                .filter(index -> index % SHARE == 0)
                .mapToObj(small::get);
    }

    @AfterAll
    static void summary() {
        System.out.println(TALLY);
    }

    /** Compacts a file with several settings and holds every outcome against what is expected of that file. */
    void sweep(Corpus.Entry entry, Form form, Path source) throws IOException {
        SourceFaults faults = SourceFaults.ofForeignFile(source);
        for (Settings settings : SETTINGS) {
            try {
                sweep(entry, form, faults, settings);
            } catch (AssertionError | RuntimeException failure) {
                throw new AssertionError(form + " with " + settings + ": " + failure, failure);
            }
        }
    }

    private void sweep(Corpus.Entry entry, Form form, SourceFaults faults, Settings settings) throws IOException {
        Path source = faults.source();
        Path output = folder.resolve("output.parquet");
        CompactionReport report;
        try {
            report = new Compactor(CompactionOptions.defaults()
                            .withSettings(settings)
                            .withThreads(2)
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
        } else if (faults.isReadable()) {
            new CompactionProof(faults, settings, folder, BUFFERS).holdsOf(report, output);
            if (settings == EVERYTHING && CorpusExpectations.isForOtherReaders(entry)) {
                assertThat(DuckDb.firstDifference(source, output))
                        .as("first difference for DuckDB")
                        .isEmpty();
            }
        } else {
            assertThat(SourceFaults.isReadable(output))
                    .as("whether the output can be read, unlike the source")
                    .isFalse();
        }
    }
}
