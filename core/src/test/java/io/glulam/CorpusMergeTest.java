package io.glulam;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.error.CorruptFile;
import io.glulam.error.GlulamException;
import io.glulam.error.Unsupported;
import io.glulam.inputs.Candidate;
import io.glulam.inputs.FoundInputs;
import io.glulam.local.LocalStore;
import io.glulam.plan.Settings;
import io.glulam.plan.Threshold;
import io.glulam.testkit.read.Corpus;
import io.glulam.testkit.read.MalformedFile;
import io.glulam.testkit.read.ParquetFile;
import io.glulam.testkit.read.TripletComparison;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The small files of the corpus, merged with themselves and with their neighbors: the same rows, or a refusal. */
@Tag("corpus")
class CorpusMergeTest {
    private static final long MAX_BYTES = 200_000;

    @TempDir
    Path folder;

    private final List<String> differences = new ArrayList<>();
    private int merged;
    private int refused;

    private static List<Path> files() {
        return Corpus.find().stream()
                .flatMap(corpus -> corpus.entries().stream())
                .filter(entry -> Long.parseLong(entry.columns().get("size")) <= MAX_BYTES)
                .map(Corpus.Entry::path)
                .sorted(Comparator.comparing(Path::toString))
                .toList();
    }

    @Test
    void aFileMergedWithItselfHoldsItsRowsTwice() throws IOException {
        for (Path file : files()) {
            Path output = merge(Settings.defaults().withThreshold(new Threshold.Fixed(1L << 30)), file, file);
            if (output != null) {
                compare(file, output);
            }
        }

        assertSound(300);
    }

    private void compare(Path file, Path output) {
        try (ParquetFile before = ParquetFile.openIgnoringChecksums(file);
                ParquetFile after = ParquetFile.openIgnoringChecksums(output)) {
            int groups = before.metaData().getRow_groups().size();
            int[] twice = IntStream.range(0, 2 * groups).map(i -> i % groups).toArray();
            note(file, TripletComparison.firstDifferenceOfSome(before, twice, after));
        } catch (MalformedFile unreadable) {
            noteUnlessDamaged(unreadable, file);
        }
    }

    @Test
    void neighborsMergedHoldTheirRowsOneAfterTheOther() throws IOException {
        List<Path> files = files();
        for (int i = 1; i < files.size(); i++) {
            Path first = files.get(i - 1);
            Path second = files.get(i);
            Path output = merge(Settings.defaults().withThreshold(new Threshold.Fixed(1)), first, second);
            if (output != null) {
                compare(first, second, output);
            }
        }

        assertSound(30);
    }

    private void compare(Path first, Path second, Path output) {
        try (ParquetFile a = ParquetFile.openIgnoringChecksums(first);
                ParquetFile b = ParquetFile.openIgnoringChecksums(second);
                ParquetFile after = ParquetFile.openIgnoringChecksums(output)) {
            boolean sameSchema = a.metaData().getSchema().equals(b.metaData().getSchema())
                    && a.metaData().getSchema().equals(after.metaData().getSchema());
            long rows = a.metaData().getNum_rows() + b.metaData().getNum_rows();
            if (after.metaData().getNum_rows() != rows) {
                differences.add(second + ": " + after.metaData().getNum_rows() + " rows, not " + rows);
            }
            int groups = a.metaData().getRow_groups().size();
            int all = after.metaData().getRow_groups().size();
            if (sameSchema && all == groups + b.metaData().getRow_groups().size()) {
                note(
                        first,
                        TripletComparison.firstDifferenceOfSome(
                                after, IntStream.range(0, groups).toArray(), a));
                note(
                        second,
                        TripletComparison.firstDifferenceOfSome(
                                after, IntStream.range(groups, all).toArray(), b));
            }
        } catch (MalformedFile unreadable) {
            noteUnlessDamaged(unreadable, first, second);
        }
    }

    /** Row groups that are kept are not looked at: what cannot be read of an input cannot be read of the output. */
    private void noteUnlessDamaged(MalformedFile problem, Path... inputs) {
        for (Path input : inputs) {
            try (ParquetFile file = ParquetFile.openIgnoringChecksums(input)) {
                TripletComparison.firstDifference(file, file);
            } catch (MalformedFile damaged) {
                return;
            }
        }
        differences.add(inputs[0] + ": " + problem.getMessage());
    }

    private void note(Path file, Optional<String> difference) {
        difference.ifPresent(text -> differences.add(file + ": " + text));
    }

    /** Returns the output; null if the merge was refused. */
    private Path merge(Settings settings, Path... files) throws IOException {
        Path output = folder.resolve("merged.parquet");
        Files.deleteIfExists(output);
        MergeOptions options = MergeOptions.defaults()
                .withCompaction(CompactionOptions.defaults().withSettings(settings));
        FoundInputs inputs = FoundInputs.of(Stream.of(files)
                .map(file -> new Candidate(LocalStore.object(file), ""))
                .toList());
        try {
            MergeReport report = new Merger(options).merge(inputs, (group, index) -> LocalStore.object(output));
            merged++;
            return report.outcome() == MergeReport.Outcome.MERGED ? output : null;
        } catch (CorruptFile | Unsupported refusal) {
            refused++;
            return null;
        } catch (GlulamException failure) {
            differences.add(files[0] + ": " + failure.getMessage());
            return null;
        }
    }

    private void assertSound(int atLeast) {
        System.out.printf("merged: %d, refused: %d%n", merged, refused);
        assertThat(differences).isEmpty();
        assertThat(merged).isGreaterThan(atLeast);
    }
}
