package io.glulam;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.plan.Order;
import io.glulam.plan.Settings;
import io.glulam.testkit.generate.ReferenceExample;
import io.glulam.testkit.read.ParquetFile;
import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.parquet.format.RowGroup;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example that the documentation uses: [1.5 F][1.2 F][5.0 H][0.8 F]. */
class ReferenceExampleTest {
    private static final int HEALTHY = 2;

    @TempDir
    static Path folder;

    private static Path source;

    @BeforeAll
    static void write() throws IOException {
        source = ReferenceExample.write(folder.resolve("source.parquet")).file();
    }

    @Test
    void healthyFirstMovesTheHealthyRowGroupUntouchedInFrontOfTheFragments() throws Exception {
        CompactionReport report = prove(Order.HEALTHY_FIRST);

        assertThat(report.plan().groups()).hasSize(2);
        try (ParquetFile before = ParquetFile.open(source);
                ParquetFile after = ParquetFile.open(folder.resolve("compacted.parquet"))) {
            assertThat(megabytes(after)).containsExactly("5.0", "3.5");
            assertThat(sha256(after, 0)).isEqualTo(sha256(before, HEALTHY));
            assertThat(after.chunk(0, 0).getMeta_data().getData_page_offset()).isEqualTo(4);
        }
    }

    @Test
    void preserveMergesNeighbours() throws Exception {
        CompactionReport report = prove(Order.PRESERVE);

        assertThat(report.plan().groups()).hasSize(2);
        try (ParquetFile after = ParquetFile.open(folder.resolve("compacted.parquet"))) {
            assertThat(megabytes(after)).containsExactly("2.7", "5.8");
        }
    }

    private static CompactionReport prove(Order order) throws IOException {
        return new CompactionProof(source, Settings.defaults().withOrder(order), folder).holds();
    }

    private static List<String> megabytes(ParquetFile file) {
        return file.metaData().getRow_groups().stream()
                .map(RowGroup::getTotal_compressed_size)
                .map(size -> String.format(java.util.Locale.ROOT, "%.1f", size / 1e6))
                .toList();
    }

    /** Of a row group's bytes, its chunks one after the other. */
    private static String sha256(ParquetFile file, int rowGroup) throws NoSuchAlgorithmException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        IntStream.range(0, file.leaves().size())
                .mapToObj(leaf -> file.pages(rowGroup, leaf))
                .forEach(chunk -> digest.update(file.bytes(chunk.start(), (int) (chunk.statedEnd() - chunk.start()))));
        return HexFormat.of().formatHex(digest.digest());
    }
}
