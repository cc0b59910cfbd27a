package io.glulam.fuzz;

import io.glulam.CompactionOptions;
import io.glulam.CompactionReport;
import io.glulam.MergeOptions;
import io.glulam.Merger;
import io.glulam.error.GlulamException;
import io.glulam.error.VerificationFailed;
import io.glulam.inputs.Candidate;
import io.glulam.inputs.FoundInputs;
import io.glulam.local.LocalStore;
import io.glulam.plan.Order;
import io.glulam.plan.Settings;
import io.glulam.plan.Threshold;
import io.glulam.testkit.bytes.FileScript;
import io.glulam.testkit.generate.Seeds;
import io.glulam.testkit.mutate.ContradictoryFile;
import io.glulam.testkit.oracle.DuckDb;
import io.glulam.testkit.oracle.ParquetJava;
import io.glulam.testkit.oracle.Pruning;
import io.glulam.testkit.read.MalformedFile;
import io.glulam.testkit.read.ParquetFile;
import io.glulam.testkit.read.TripletComparison;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Compacts files in which a number is told twice, differently, with random options, one after the other, or merges their
 * row groups from files of their own. Each ends in a
 * refusal or in the same rows, and DuckDB and parquet-java find by filters at least what they found in the source. A seed
 * gives the same run every time.
 */
public final class Contradictions {
    private static final int FILTERS = 10;
    private static final int PROGRESS = 500;

    /** One file in so many is taken apart and merged. */
    private static final int MERGED = 3;

    /** Stack frames that a finding shows of an exception. */
    private static final int FRAMES = 6;

    private final long seed;
    private final ContradictoryFile file;
    private final Settings settings;
    private final Map<String, Integer> refusals;

    private Contradictions(long seed, Map<String, Integer> refusals) {
        this.seed = seed;
        this.file = ContradictoryFile.of(seed);
        Random random = new Random(Seeds.derive(seed, "contradictions"));
        Settings drawn = RandomSettings.any(random, 12_000);
        this.settings = random.nextBoolean() ? drawn.withThreshold(new Threshold.Fixed(1 << 30)) : drawn;
        this.refusals = refusals;
    }

    /** {@code RUNS [--seed S]}. */
    public static void main(String[] arguments) {
        long runs = Long.parseLong(arguments[0]);
        long first = arguments.length > 2 && arguments[1].equals("--seed") ? Long.parseLong(arguments[2]) : 1;
        long start = System.nanoTime();
        Map<String, Integer> refusals = new TreeMap<>();
        int findings = 0;
        for (long seed = first; seed < first + runs; seed++) {
            String finding = finding(seed, refusals);
            if (finding != null) {
                findings++;
                System.out.println("finding with seed " + seed + ": " + finding);
            }
            if ((seed - first + 1) % PROGRESS == 0) {
                System.out.printf("%d runs from seed %d, %d findings%n", seed - first + 1, first, findings);
            }
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        refusals.forEach(
                (message, count) -> System.out.printf("refused though others read it: %d %s%n", count, message));
        System.out.printf(
                "%d runs from seed %d to %d in %.0f s, %.1f a second, %d findings%n",
                runs, first, first + runs - 1, seconds, runs / seconds, findings);
        System.exit(findings == 0 ? 0 : 1);
    }

    /**
     * Tries one file.
     *
     * @param refusals counts messages of refusals of files that DuckDB or parquet-java read, numbers as {@code #}
     * @return what is wrong, in one line; null if nothing is
     */
    static @Nullable String finding(long seed, Map<String, Integer> refusals) {
        Contradictions run = new Contradictions(seed, refusals);
        try {
            run.run();
            return null;
        } catch (Exception | Error finding) {
            String where = finding instanceof Mismatch ? "" : " at " + firstFrames(finding);
            String text = run.file.contradictions() + ": " + finding + where + " with " + run.settings;
            return text.replaceAll("\\s+", " ");
        }
    }

    private static List<StackTraceElement> firstFrames(Throwable finding) {
        return Arrays.stream(finding.getStackTrace()).limit(FRAMES).toList();
    }

    private void run() throws IOException {
        if (seed % MERGED == 0) {
            merge();
        } else {
            byte[] bytes = file.script().bytes();
            compact(Scratch.write("source.parquet", bytes), bytes);
        }
    }

    /**
     * Each row group in a file of its own, and all of them merged. The output is held against one file of those that have rows:
     * DuckDB unites the statistics of row groups, but not those of files, nor those of a file with a row group without rows.
     */
    private void merge() throws IOException {
        List<Candidate> inputs = new ArrayList<>();
        for (FileScript piece : file.script().pieces()) {
            Path written = Scratch.write("piece-" + inputs.size() + ".parquet", piece.bytes());
            inputs.add(new Candidate(LocalStore.object(written), ""));
        }
        for (FileScript all : List.of(file.script(), file.honest())) {
            all.rowGroups().removeIf(group -> group.rows() == 0);
        }
        Path source = Scratch.write("source.parquet", file.script().bytes());
        Path output = Scratch.folder().resolve("output.parquet");
        Files.deleteIfExists(output);
        CompactionOptions options = CompactionOptions.defaults()
                .withSettings(settings)
                .withThreads(1)
                .withOverwrite(true);
        try {
            new Merger(MergeOptions.defaults().withCompaction(options))
                    .merge(FoundInputs.of(inputs), (group, index) -> LocalStore.object(output));
        } catch (GlulamException refusal) {
            note(refusal, source);
            return;
        }
        if (Files.notExists(output)) {
            return; // There was nothing to merge.
        }
        boolean sameOrder = settings.order() == Order.PRESERVE;
        if (sameOrder && isReadable(source)) {
            try (ParquetFile before = ParquetFile.open(source);
                    ParquetFile after = ParquetFile.open(output)) {
                require(TripletComparison.firstDifference(before, after));
            }
        }
        require(Pruning.loss(source, output, seed, sameOrder, FILTERS));
        inReaders(source, output, sameOrder);
    }

    /** Of what the independent reader cannot read, row groups are kept as they are at best. */
    private static boolean isReadable(Path source) {
        try (ParquetFile file = ParquetFile.open(source)) {
            for (int group = 0; group < file.rowGroups(); group++) {
                for (int leaf = 0; leaf < file.leaves().size(); leaf++) {
                    file.triplets(group, leaf);
                }
            }
            return true;
        } catch (MalformedFile e) {
            return false;
        }
    }

    private void compact(Path source, byte[] bytes) throws IOException {
        Compaction compaction = new CompactionOracle(bytes, settings, FILTERS).check();
        Tally.count(compaction);
        GlulamException refusal = compaction.refusal();
        if (refusal != null) {
            note(refusal, source);
            return;
        }
        CompactionReport report = compaction.report();
        byte[] output = compaction.output();
        if (report == null || output == null || report.plan().isEmpty()) {
            return;
        }
        Path after = Scratch.write("output.parquet", output);
        inReaders(source, after, settings.order() == Order.PRESERVE);
    }

    private void note(GlulamException refusal, Path source) {
        if (refusal instanceof VerificationFailed) {
            throw new Mismatch("its own output was refused: " + refusal.getMessage());
        }
        if (DuckDb.canRead(source) || ParquetJava.canRead(source)) {
            refusals.merge(String.valueOf(refusal.getMessage()).replaceAll("[0-9]+", "#"), 1, Integer::sum);
        }
    }

    private void inReaders(Path source, Path output, boolean sameOrder) throws IOException {
        Path honest = Scratch.write("honest.parquet", file.honest().bytes());
        inDuckDb(honest, source, output, sameOrder);
        if (sameOrder && ParquetJava.canRead(source)) {
            require(ParquetJava.firstDifference(source, output));
        }
        require(Pruning.lossInDuckDb(honest, source, output, seed, sameOrder, FILTERS));
    }

    /** Where statistics say that there is nothing else, DuckDB reads nulls: then it is no judge of the rows. */
    private static void inDuckDb(Path honest, Path source, Path output, boolean sameOrder) {
        if (DuckDb.canRead(source) && DuckDb.firstDifference(honest, source).isEmpty()) {
            require(
                    sameOrder
                            ? DuckDb.firstDifference(source, output)
                            : DuckDb.firstDifferenceInAnyOrder(source, output));
        }
    }

    private static void require(Optional<String> difference) {
        difference.ifPresent(what -> {
            throw new Mismatch(what);
        });
    }
}
