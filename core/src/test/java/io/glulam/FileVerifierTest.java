package io.glulam;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.testkit.generate.DuckDbFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code verify} tells while it compares; what it finds, the tests of {@code compare} hold. */
class FileVerifierTest {
    @TempDir
    Path folder;

    @Test
    void aComparisonTellsHowFarItIs() throws IOException {
        String rows = "SELECT i AS id, 'text ' || i AS name, i % 7 AS few FROM range(30000) t(i)";
        Path left = DuckDbFiles.write(rows, 2048, "COMPRESSION snappy", folder.resolve("left.parquet"));
        Path right = DuckDbFiles.write(rows, 30000, "COMPRESSION zstd", folder.resolve("right.parquet"));
        List<Long> done = new ArrayList<>();
        List<Long> totals = new ArrayList<>();
        CompactionOptions options = CompactionOptions.defaults().withProgress((phase, now, total) -> {
            assertThat(phase).isEqualTo(ProgressListener.Phase.VERIFY);
            done.add(now);
            totals.add(total);
        });

        assertThat(FileVerifier.firstDifference(left, right, options)).isEmpty();

        assertThat(done).isSorted().hasSizeGreaterThan(40);
        assertThat(totals).allSatisfy(total -> assertThat(total).isEqualTo(totals.get(0)));
        // Page headers are not compared, and not counted.
        assertThat(done.get(done.size() - 1)).isBetween(totals.get(0) * 9 / 10, totals.get(0));
    }
}
