package io.glulam.cli.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.footer.Footer;
import io.glulam.footer.FooterBytes;
import io.glulam.footer.FooterReader;
import io.glulam.local.LocalFileReader;
import io.glulam.testkit.generate.RepeatedFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("once")
class ColumnSummaryTest {
    private static final int COLUMNS = 100;
    private static final int ROWS = 10;
    private static final int ROW_GROUPS = 50;
    private static final long ALL_OF_IT = 64 << 20;

    @TempDir
    Path folder;

    /** Read through windows. */
    private record Counted(FooterBytes bytes, AtomicLong read) implements FooterBytes {
        @Override
        public int length() {
            return bytes.length();
        }

        @Override
        public void read(int position, byte[] target, int from, int length) {
            read.addAndGet(length);
            bytes.read(position, target, from, length);
        }
    }

    @Test
    void allColumnsAreSummedUpInOnePassThroughALongFooter() throws IOException {
        Path source = folder.resolve("source.parquet");
        RepeatedFile.ofIntegers(source, COLUMNS, ROWS, ROW_GROUPS);
        try (LocalFileReader reader = LocalFileReader.open(source)) {
            Footer resident = FooterReader.read(reader, ALL_OF_IT);
            AtomicLong read = new AtomicLong();
            Footer windowed = Footer.parse(new Counted(resident.bytes(), read), resident.offsetInFile());
            read.set(0);

            List<ColumnSummary> columns = ColumnSummary.all(windowed);

            assertThat(read.get()).isLessThan(2L * resident.bytes().length());
            assertThat(columns).hasSize(COLUMNS);
            assertThat(columns.stream()
                            .mapToLong(ColumnSummary::compressedBytes)
                            .sum())
                    .isEqualTo(ROW_GROUPS * resident.compressedSize(0));
            assertThat(columns).allSatisfy(column -> {
                assertThat(column.values()).isEqualTo((long) ROWS * ROW_GROUPS);
                assertThat(column.bounds()).isEqualTo(ROW_GROUPS);
                assertThat(column.leaf().name()).isEqualTo("c" + column.leaf().index());
            });
        }
    }
}
