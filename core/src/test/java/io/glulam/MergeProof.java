package io.glulam;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.inputs.Candidate;
import io.glulam.inputs.FoundInputs;
import io.glulam.local.LocalStore;
import io.glulam.plan.Settings;
import io.glulam.testkit.lint.Finding;
import io.glulam.testkit.lint.Linter;
import io.glulam.testkit.read.MetadataComparison;
import io.glulam.testkit.read.ParquetFile;
import io.glulam.testkit.read.TripletComparison;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Merges pieces of a file and holds the output against the whole, by readers that share no code with the library. */
final class MergeProof {
    private final Path whole;
    private final List<Path> pieces;
    private final Settings settings;
    private final Path folder;
    private boolean widen;

    /**
     * @param whole the rows of all pieces in one file
     * @param pieces in the order of the rows
     * @param settings that keep the order of the rows
     */
    MergeProof(Path whole, List<Path> pieces, Settings settings, Path folder) {
        this.whole = whole;
        this.pieces = pieces;
        this.settings = settings;
        this.folder = folder;
    }

    /** Columns whose types differ become of the wider type. */
    MergeProof widening() {
        widen = true;
        return this;
    }

    /** Same levels, values and metadata, nothing wrong that the whole has not wrong, the same bytes however it runs. */
    MergeReport holds() throws IOException {
        Path output = folder.resolve("merged.parquet");
        MergeReport report = merge(output, 2, 16L << 20);
        try (ParquetFile before = ParquetFile.open(whole);
                ParquetFile after = ParquetFile.open(output)) {
            assertThat(TripletComparison.firstDifference(before, after))
                    .as("first difference")
                    .isEmpty();
            assertThat(MetadataComparison.firstDifference(before, after))
                    .as("difference in metadata")
                    .isEmpty();
        }
        assertNoNewFindings(output);
        Path again = folder.resolve("again.parquet");
        merge(again, 5, 32L << 20);
        assertThat(Files.mismatch(output, again))
                .as("first byte that depends on threads or memory")
                .isEqualTo(-1);
        return report;
    }

    private MergeReport merge(Path output, int threads, long memory) {
        CompactionOptions options = CompactionOptions.defaults()
                .withSettings(settings)
                .withThreads(threads)
                .withBufferBytes(memory)
                .withOverwrite(true);
        FoundInputs inputs = FoundInputs.of(pieces.stream()
                .map(piece -> new Candidate(LocalStore.object(piece), ""))
                .toList());
        return new Merger(MergeOptions.defaults().withCompaction(options).withWiden(widen))
                .merge(inputs, (group, index) -> LocalStore.object(output));
    }

    private void assertNoNewFindings(Path output) {
        SourceFaults faults = SourceFaults.ofOwnFile(whole);
        List<Finding> fresh = Linter.errors(output).stream()
                .filter(finding -> !faults.isKnown(finding))
                .toList();
        assertThat(fresh).as("findings").isEmpty();
    }
}
