package io.glulam;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.testkit.generate.RealisticFiles;
import io.glulam.testkit.generate.Seeds;
import io.glulam.testkit.read.ParquetFile;
import io.glulam.testkit.read.TripletComparison;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that is killed at any moment leaves the file whole: the old one or the new one. */
class CrashTest {
    private static final int KILLS = 10;

    @TempDir
    Path folder;

    @Test
    void theFileIsWholeAndTheNextRunCleansUp() throws IOException, InterruptedException {
        Path original =
                RealisticFiles.orders(folder.resolve("original.parquet"), 500_000, 20_480, "COMPRESSION snappy");
        byte[] bytes = Files.readAllBytes(original);
        Path file = folder.resolve("orders.parquet");
        long uninterrupted = run(original, file);
        Random random = new Random(Seeds.base());
        for (int i = 0; i < KILLS; i++) {
            Files.copy(original, file, StandardCopyOption.REPLACE_EXISTING);
            Process child = ChildCompaction.start(file, folder.resolve("output"));
            child.waitFor(random.nextLong(uninterrupted), TimeUnit.MILLISECONDS);
            child.destroyForcibly().waitFor();

            assertThat(Files.mismatch(original, file) == -1 || isCompaction(original, file))
                    .as("whole after kill %d", i)
                    .isTrue();
        }
        new Compactor(CompactionOptions.defaults()).run(Job.inPlace(Files.write(file, bytes)));
        assertThat(isCompaction(original, file)).isTrue();
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).noneMatch(path -> path.getFileName().toString().contains(".glulam-"));
        }
    }

    /** Milliseconds of a run that nobody kills. */
    private long run(Path original, Path file) throws IOException, InterruptedException {
        Files.copy(original, file);
        long start = System.nanoTime();
        assertThat(ChildCompaction.start(file, folder.resolve("output")).waitFor())
                .as("%s", folder)
                .isZero();
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    }

    private static boolean isCompaction(Path original, Path file) {
        try (ParquetFile before = ParquetFile.open(original);
                ParquetFile after = ParquetFile.open(file)) {
            return after.rowGroups() < before.rowGroups()
                    && TripletComparison.firstDifference(before, after).isEmpty();
        }
    }
}
