package io.glulam;

import io.glulam.format.CompressionCodec;
import io.glulam.plan.Compatibility;
import io.glulam.plan.Compression;
import io.glulam.plan.Effort;
import io.glulam.plan.Order;
import io.glulam.plan.OutputForm;
import io.glulam.plan.Reader;
import io.glulam.plan.Rewrite;
import io.glulam.plan.Settings;
import io.glulam.plan.Threshold;
import io.glulam.testkit.bytes.NastyFile;
import io.glulam.testkit.bytes.NastyFiles;
import io.glulam.testkit.generate.DuckDbFiles;
import io.glulam.testkit.generate.DuckDbRecipe;
import io.glulam.testkit.generate.FileRecipe;
import io.glulam.testkit.generate.Generated;
import io.glulam.testkit.generate.ParquetJavaFiles;
import io.glulam.testkit.generate.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a file looks like, its compaction holds the same. */
class GeneratedCompactionTest {
    @TempDir
    Path folder;

    static LongStream seeds() {
        return Seeds.stream(40);
    }

    static LongStream duckDbSeeds() {
        return Seeds.stream(15);
    }

    static Stream<NastyFile> nastyFiles() {
        return Stream.concat(
                NastyFiles.all(Seeds.base()).stream(), Seeds.stream(40).mapToObj(NastyFiles::random));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void filesOfParquetJavaStayTheSame(long seed) throws IOException {
        Generated file = ParquetJavaFiles.write(FileRecipe.any(seed), folder.resolve("source.parquet"));
        prove(file.file(), seed, file);
    }

    @ParameterizedTest
    @MethodSource("duckDbSeeds")
    void filesOfDuckDbStayTheSame(long seed) throws IOException {
        DuckDbRecipe recipe = DuckDbRecipe.any(seed);
        prove(DuckDbFiles.write(recipe, folder.resolve("source.parquet")), seed, recipe);
    }

    @Tag("once")
    @ParameterizedTest
    @MethodSource("nastyFiles")
    void filesThatNoLibraryWritesStayTheSame(NastyFile file) throws IOException {
        prove(file.write(folder), Seeds.base(), file);
    }

    private void prove(Path source, long seed, Object what) throws IOException {
        SourceFaults faults = SourceFaults.ofOwnFile(source);
        for (Settings settings : settings(source, seed)) {
            try {
                new CompactionProof(faults, settings, folder).holds();
            } catch (AssertionError | RuntimeException failure) {
                throw new AssertionError(what + " with " + settings + ": " + failure.getMessage(), failure);
            }
        }
    }

    /** Everything merged; and thresholds, limits and page sizes that leave something healthy or make many pages. */
    private static List<Settings> settings(Path source, long seed) throws IOException {
        Random random = new Random(Seeds.derive(seed, "settings"));
        Settings all = Settings.defaults();
        long size = Files.size(source);
        Settings some = all.withThreshold(new Threshold.Fixed(Math.max(1, size / (1 + random.nextInt(20)))))
                .withMaxRows(1 + random.nextInt(5_000))
                .withOrder(random.nextBoolean() ? Order.PRESERVE : Order.HEALTHY_FIRST)
                .withPages(1 << (6 + random.nextInt(12)), 1 + random.nextInt(3_000));
        return List.of(all, all.withEffort(Effort.COPY), some, anyForm(some, random));
    }

    /** Any effort in any form, for any readers, healthy row groups included. */
    private static Settings anyForm(Settings some, Random random) {
        Compression[] compressions = {
            null, Compression.KEEP, Compression.of(CompressionCodec.SNAPPY), new Compression(CompressionCodec.ZSTD, 1)
        };
        OutputForm form = OutputForm.DEFAULT
                .withCompression(compressions[random.nextInt(compressions.length)])
                .withCompatibility(Compatibility.values()[random.nextInt(3)]);
        Settings any = some.withEffort(Effort.values()[random.nextInt(3)])
                .withRewrite(Rewrite.values()[random.nextInt(2)])
                .withForm(form);
        return random.nextInt(4) == 0
                ? any.withRewrite(Rewrite.ALL).withForm(form.withReaders(List.of(Reader.SPARK)))
                : any;
    }
}
