package io.glulam;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.plan.OutputGroup;
import io.glulam.plan.OutputGroup.MergedGroup;
import io.glulam.plan.Plan;
import io.glulam.plan.Rewrite;
import io.glulam.plan.Settings;
import io.glulam.plan.Tier;
import io.glulam.testkit.audit.Auditor;
import io.glulam.testkit.audit.Origin;
import io.glulam.testkit.lint.Finding;
import io.glulam.testkit.lint.Linter;
import io.glulam.testkit.read.MetadataComparison;
import io.glulam.testkit.read.ParquetFile;
import io.glulam.testkit.read.TripletComparison;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** Compacts a file and holds the output against the source, by readers that share no code with the library. */
final class CompactionProof {
    private static final long BUFFERS = 16L << 20;

    private final SourceFaults faults;
    private final Path source;
    private final Settings settings;
    private final Path folder;
    private final long buffers;

    CompactionProof(Path source, Settings settings, Path folder) {
        this(SourceFaults.ofOwnFile(source), settings, folder);
    }

    /** For a source that is compacted with other settings, too. */
    CompactionProof(SourceFaults faults, Settings settings, Path folder) {
        this(faults, settings, folder, BUFFERS);
    }

    /** @param buffers least bytes of memory that the runs get */
    CompactionProof(SourceFaults faults, Settings settings, Path folder, long buffers) {
        this.faults = faults;
        this.source = faults.source();
        this.settings = settings;
        this.folder = folder;
        this.buffers = buffers;
    }

    /** Same levels, values and metadata, nothing wrong that the source has not wrong, the same bytes however it runs. */
    CompactionReport holds() throws IOException {
        Path output = folder.resolve("compacted.parquet");
        CompactionReport report = compactor(2, buffers).run(Job.of(source, output));
        holdsOf(report, output);
        return report;
    }

    /** The same of an output that is there already. */
    void holdsOf(CompactionReport report, Path output) throws IOException {
        assertSameContent(report.plan(), output);
        assertNoNewFindings(output);
        assertAudited(report.plan(), output);
        assertSettled(output);
        Path again = folder.resolve("again.parquet");
        compactor(5, 2 * buffers).run(Job.of(source, again));
        assertThat(Files.mismatch(output, again))
                .as("first byte that depends on threads or memory")
                .isEqualTo(-1);
    }

    /**
     * Compacting the output would do nothing. Where healthy row groups are written again too, what to expect of that is
     * estimated from a sample, and the output's may show a better encoding than the source's did: that must be true.
     */
    private void assertSettled(Path output) throws IOException {
        if (settings.rewrite() == Rewrite.FRAGMENTS) {
            assertThat(compactor(2, buffers).plan(output).isEmpty())
                    .as("the plan for the output is empty")
                    .isTrue();
        } else if (!compactor(2, buffers).plan(output).isEmpty()) {
            Path smaller = folder.resolve("smaller.parquet");
            compactor(2, buffers).run(Job.of(output, smaller));
            assertThat(Files.size(smaller)).as("bytes when written once more").isLessThan(Files.size(output));
        }
    }

    private Compactor compactor(int threads, long memory) {
        return new Compactor(CompactionOptions.defaults()
                .withSettings(settings)
                .withThreads(threads)
                .withBufferBytes(memory)
                .withOverwrite(true));
    }

    private void assertSameContent(Plan plan, Path output) {
        int[] order = IntStream.concat(
                        plan.groups().stream().map(OutputGroup::sources).flatMapToInt(sources -> sources.stream()),
                        plan.dropped().stream())
                .toArray();
        try (ParquetFile before = ParquetFile.open(source);
                ParquetFile after = ParquetFile.open(output)) {
            assertThat(TripletComparison.firstDifference(before, order, after))
                    .as("first difference")
                    .isEmpty();
            assertThat(MetadataComparison.firstDifference(before, after))
                    .as("difference in metadata")
                    .isEmpty();
        }
    }

    private void assertNoNewFindings(Path output) {
        List<Finding> fresh = Linter.errors(output).stream()
                .filter(finding -> !faults.isKnown(finding))
                .toList();
        assertThat(fresh).as("findings").isEmpty();
    }

    /** Merged row groups claim what is true of their values; kept ones claim what the source claims. */
    private void assertAudited(Plan plan, Path output) throws IOException {
        if (plan.isEmpty()) {
            assertThat(Files.mismatch(source, output))
                    .as("first byte that is not the source's, though there was nothing to do")
                    .isEqualTo(-1);
            return;
        }
        List<Origin> origins = plan.groups().stream()
                .map(group -> new Origin(
                        group instanceof OutputGroup.KeptGroup, group.sources().toArray()))
                .toList();
        List<Finding> fresh = Auditor.errors(source, output, origins).stream()
                .filter(finding -> isDecoded(plan, finding) || !faults.isFalseStatistic(finding))
                .toList();
        assertThat(fresh).as("audit").isEmpty();
    }

    private static boolean isDecoded(Plan plan, Finding finding) {
        return finding.rowGroup() >= 0
                && finding.column() >= 0
                && plan.groups().get(finding.rowGroup()) instanceof MergedGroup merged
                && merged.columns().get(finding.column()).tier() == Tier.RECODE;
    }
}
