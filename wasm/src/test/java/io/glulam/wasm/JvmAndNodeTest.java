package io.glulam.wasm;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.plan.Effort;
import io.glulam.testkit.bytes.NastyFiles;
import io.glulam.testkit.generate.DuckDbFiles;
import io.glulam.testkit.generate.DuckDbRecipe;
import io.glulam.testkit.generate.FileRecipe;
import io.glulam.testkit.generate.ParquetJavaFiles;
import io.glulam.testkit.generate.RealisticFiles;
import io.glulam.testkit.generate.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * The engine in Node and the library in the JVM make the same of a file: the same kind of refusal, the same plan, and by it
 * the same bytes. Where Node has another implementation of a codec (all but SNAPPY and ZSTD), every page has the same header fields
 * and, unpacked, the same bytes; a plan of its own may differ, because samples pack otherwise. Needs the profile wasm.
 */
@EnabledIfSystemProperty(named = "glulam.engine", matches = ".+")
class JvmAndNodeTest {
    private static final long MAX_CORPUS_FILE = 3 << 20;

    @TempDir
    Path folder;

    @Test
    void generatedFilesBecomeTheSame() throws IOException, InterruptedException {
        List<Path> files = new ArrayList<>();
        files.add(RealisticFiles.small(folder.resolve("orders.parquet")));
        for (long seed : Seeds.stream(30).toArray()) {
            Path file = folder.resolve("parquet-java-" + seed + ".parquet");
            ParquetJavaFiles.write(FileRecipe.any(seed), file);
            files.add(file);
        }
        for (long seed : Seeds.stream(15).toArray()) {
            files.add(DuckDbFiles.write(DuckDbRecipe.any(seed), folder.resolve("duckdb-" + seed + ".parquet")));
        }
        for (long seed : Seeds.stream(20).toArray()) {
            Path own = Files.createDirectory(folder.resolve("nasty-" + seed));
            files.add(NastyFiles.random(seed).write(own));
        }
        requireSame(files);
    }

    @Test
    void filesOfTheCorpusBecomeTheSame() throws IOException, InterruptedException {
        String named = System.getenv("GLULAM_CORPUS");
        Assumptions.assumeTrue(named != null && !named.isEmpty(), "GLULAM_CORPUS names no corpus");
        try (Stream<Path> all = Files.walk(Path.of(named))) {
            requireSame(all.filter(JvmAndNodeTest::isCompared).sorted().toList());
        }
    }

    private static boolean isCompared(Path file) {
        return file.toString().endsWith(".parquet")
                && Files.isRegularFile(file)
                && file.toFile().length() <= MAX_CORPUS_FILE;
    }

    private void requireSame(List<Path> files) throws IOException, InterruptedException {
        assertThat(files).isNotEmpty();
        List<String> differences = new ArrayList<>();
        for (Effort effort : Effort.values()) {
            Comparison comparison = new Comparison(folder, effort).of(files);
            System.out.println(effort + ": " + comparison.counts());
            comparison.otherWords().forEach(System.out::println);
            differences.addAll(comparison.differences());
        }
        assertThat(differences).isEmpty();
    }
}
