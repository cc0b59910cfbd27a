package io.glulam.fuzz;

import io.glulam.CompactionReport;
import io.glulam.error.GlulamException;
import io.glulam.error.Unsupported;
import io.glulam.plan.Order;
import io.glulam.plan.Settings;
import io.glulam.testkit.audit.Auditor;
import io.glulam.testkit.bytes.NastyFile;
import io.glulam.testkit.bytes.NastyFiles;
import io.glulam.testkit.generate.DuckDbFiles;
import io.glulam.testkit.generate.DuckDbRecipe;
import io.glulam.testkit.generate.FileRecipe;
import io.glulam.testkit.generate.ParquetJavaFiles;
import io.glulam.testkit.generate.Seeds;
import io.glulam.testkit.lint.Finding;
import io.glulam.testkit.lint.Linter;
import io.glulam.testkit.oracle.DuckDb;
import io.glulam.testkit.oracle.ParquetJava;
import io.glulam.testkit.oracle.Pruning;
import io.glulam.testkit.read.LeafColumn;
import io.glulam.testkit.read.MetadataComparison;
import io.glulam.testkit.read.PageInfo;
import io.glulam.testkit.read.ParquetFile;
import io.glulam.testkit.read.TripletComparison;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.Type;
import org.jspecify.annotations.Nullable;

/**
 * Compacts generated files with random options, one after the other, and holds each output against its source. Legal files
 * only: a refusal is a finding unless options ask for what cannot be had. A seed gives the same run every time.
 */
public final class RandomCompactions {
    private static final int FILTERS = 6;
    private static final int PROGRESS = 500;

    /** The turns of the readers: two are parquet-java's, one is DuckDB's, in one no other reader than the own one reads. */
    private static final int READERS = 4;

    /** One file in so many is a tenth of a MB or more; the others take a few milliseconds. */
    private static final int LARGE = 50;

    /** So many seeds choose from the same files of {@link NastyFiles#all}. */
    private static final int FAMILY = 1_000;

    private static @Nullable List<NastyFile> nastyFiles;
    private static long nastyFamily;

    private final long seed;
    private final Random random;

    private RandomCompactions(long seed) {
        this.seed = seed;
        this.random = new Random(Seeds.derive(seed, "random compactions"));
    }

    /** {@code RUNS [--seed S]}. */
    public static void main(String[] arguments) {
        SeededRuns.main(arguments, PROGRESS, seed -> new RandomCompactions(seed).run());
    }

    private void run() throws IOException {
        Path source = source(Scratch.folder().resolve("random.parquet"));
        byte[] bytes = Files.readAllBytes(source);
        Settings settings = RandomSettings.any(random, bytes.length);
        Compaction compaction = Compaction.of(bytes, settings, 1 + random.nextInt(3));
        Tally.count(compaction);
        GlulamException refusal = compaction.refusal();
        if (refusal != null) {
            boolean asked =
                    refusal instanceof Unsupported && !settings.form().readers().isEmpty();
            require(asked, settings + ": refused: " + refusal.getMessage());
            return;
        }
        CompactionReport report = compaction.report();
        byte[] output = compaction.output();
        if (report == null || output == null) {
            throw new Mismatch("neither refused nor written");
        }
        Path after = Scratch.write("output.parquet", output);
        try {
            judge(source, after, report, settings.order() == Order.PRESERVE);
        } catch (Mismatch mismatch) {
            throw new Mismatch(mismatch.getMessage() + " with " + settings);
        }
    }

    private Path source(Path to) throws IOException {
        Files.deleteIfExists(to);
        boolean small = random.nextInt(LARGE) != 0;
        switch (random.nextInt(10)) {
            case 0, 1, 2 -> ParquetJavaFiles.write(small ? FileRecipe.small(seed) : FileRecipe.any(seed), to);
            case 3 -> DuckDbFiles.write(small ? DuckDbRecipe.small(seed) : DuckDbRecipe.any(seed), to);
            case 4, 5 -> {
                List<NastyFile> files = nastyFiles(seed / FAMILY);
                Files.write(to, files.get(random.nextInt(files.size())).script().bytes());
            }
            default ->
                Files.write(
                        to,
                        (small ? NastyFiles.small(seed) : NastyFiles.random(seed))
                                .script()
                                .bytes());
        }
        return to;
    }

    /** The files of a family: making them takes longer than a compaction, so that many runs in a row share them. */
    private static List<NastyFile> nastyFiles(long family) {
        if (nastyFiles == null || nastyFamily != family) {
            nastyFiles = NastyFiles.all(family);
            nastyFamily = family;
        }
        return nastyFiles;
    }

    private void judge(Path source, Path output, CompactionReport report, boolean sameOrder) throws IOException {
        if (report.plan().isEmpty()) {
            require(Files.mismatch(source, output) < 0, "there was nothing to do, and the copy differs");
            return;
        }
        var origins = CompactionOracle.origins(report.plan());
        try (ParquetFile before = ParquetFile.open(source);
                ParquetFile after = ParquetFile.open(output)) {
            int[] order = java.util.stream.IntStream.concat(
                            origins.stream().flatMapToInt(origin -> java.util.Arrays.stream(origin.sources())),
                            report.plan().dropped().stream())
                    .toArray();
            requireNone(TripletComparison.firstDifference(before, order, after));
            requireNone(MetadataComparison.firstDifferenceWithCreator(before, after));
        }
        requireNoFindings("audit", Auditor.errors(source, output, origins));
        requireNoFindings("lint", Linter.newErrors(source, output));
        switch (random.nextInt(READERS)) {
            case 0, 1 -> inParquetJava(source, output, sameOrder);
            case 2 -> inDuckDb(source, output, sameOrder);
            default -> Tally.count("read by the independent reader only");
        }
    }

    private void inParquetJava(Path source, Path output, boolean sameOrder) throws IOException {
        Tally.count("read by parquet-java");
        requireNone(Pruning.loss(source, output, seed, sameOrder, FILTERS));
        if (sameOrder && ParquetJava.canRead(source)) {
            requireNone(ParquetJava.firstDifference(source, output));
        }
    }

    private void inDuckDb(Path source, Path output, boolean sameOrder) throws IOException {
        Optional<String> difference =
                sameOrder ? DuckDb.firstDifference(source, output) : DuckDb.firstDifferenceInAnyOrder(source, output);
        if (difference.isEmpty()) {
            Tally.count("read by DuckDB");
            if (!hasFormsThatDuckDbMisreads(source)) {
                requireNone(Pruning.lossInDuckDb(source, source, output, seed, sameOrder, FILTERS));
            }
        } else if (isReadByDuckDb(source)) {
            throw new Mismatch(difference.get());
        }
    }

    /** Whether DuckDB reads a file in all ways in which it reads it here. */
    private static boolean isReadByDuckDb(Path file) {
        return DuckDb.canRead(file)
                && DuckDb.firstDifferenceInAnyOrder(file, file).isEmpty()
                && !hasFormsThatDuckDbMisreads(file);
    }

    /**
     * DuckDB 2.0 reads other values from pages with a dictionary that follow such of a delta encoding or of BYTE_STREAM_SPLIT
     * in their chunk, and BYTE_STREAM_SPLIT of FIXED_LEN_BYTE_ARRAY only where statistics tell that there are only nulls.
     */
    private static boolean hasFormsThatDuckDbMisreads(Path path) {
        try (ParquetFile file = ParquetFile.open(path)) {
            for (int rowGroup = 0; rowGroup < file.rowGroups(); rowGroup++) {
                for (LeafColumn leaf : file.leaves()) {
                    boolean other = false;
                    for (PageInfo page : file.pages(rowGroup, leaf.index()).dataPages()) {
                        boolean split = page.encoding() == Encoding.BYTE_STREAM_SPLIT
                                && leaf.element().getType() == Type.FIXED_LEN_BYTE_ARRAY;
                        if (split || other && page.isDictionaryEncoded()) {
                            return true;
                        }
                        other |= !page.isDictionaryEncoded() && page.encoding() != Encoding.PLAIN;
                    }
                }
            }
            return false;
        }
    }

    private static void requireNone(Optional<String> difference) {
        difference.ifPresent(what -> {
            throw new Mismatch(what);
        });
    }

    private static void requireNoFindings(String who, List<Finding> findings) {
        require(findings.isEmpty(), who + ": " + findings);
    }

    private static void require(boolean good, String what) {
        if (!good) {
            throw new Mismatch(what);
        }
    }
}
