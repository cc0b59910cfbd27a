package io.glulam;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.testkit.generate.RealisticFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A small process must not pay for libraries that it does not use. */
class CopyPathClassesTest {
    @TempDir
    Path folder;

    @Test
    void joinAndRemapLoadNoClassOfParquetJava() throws IOException, InterruptedException {
        Path file = RealisticFiles.orders(folder.resolve("orders.parquet"), 200_000, 8_192, "COMPRESSION snappy");
        Path output = folder.resolve("output");

        Process child = ChildCompaction.start(file, output, "-Xlog:class+load");
        assertThat(child.waitFor(2, TimeUnit.MINUTES)).isTrue();
        List<String> lines = Files.readAllLines(output);
        assertThat(child.exitValue()).as("%s", lines).isZero();
        assertThat(lines).contains("tier JOIN", "tier REMAP").doesNotContain("tier RECODE");
        assertThat(lines).filteredOn(line -> line.contains("io.glulam.splice.")).isNotEmpty();
        assertThat(lines)
                .filteredOn(line -> line.contains("org.apache.parquet."))
                .isEmpty();
        assertThat(lines).filteredOn(line -> line.contains("io.glulam.recode.")).isEmpty();
    }
}
