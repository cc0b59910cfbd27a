package io.glulam;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.plan.Effort;
import io.glulam.plan.Settings;
import io.glulam.testkit.oracle.DuckDb;
import io.glulam.testkit.read.ParquetFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Decimals of BYTE_ARRAY stay in encodings that DuckDB reads, where texts get a smaller one. */
class BinaryDecimalTest {
    private static final MessageType SCHEMA = MessageTypeParser.parseMessageType(
            "message file { required binary decimal (DECIMAL(12, 2)); required binary text; }");
    private static final int ROWS = 4_000;

    @TempDir
    Path folder;

    @Test
    void isRecodedAsDuckDbReadsIt() throws IOException {
        Path source = folder.resolve("source.parquet");
        Path target = folder.resolve("target.parquet");
        write(source);

        new Compactor(CompactionOptions.defaults()
                        .withSettings(Settings.defaults().withEffort(Effort.SMALLEST)))
                .run(Job.of(source, target));

        try (ParquetFile file = ParquetFile.open(target)) {
            assertThat(file.pages(0, 0).dataPages())
                    .noneMatch(page -> page.encoding() == Encoding.DELTA_LENGTH_BYTE_ARRAY);
            assertThat(file.pages(0, 1).dataPages())
                    .allMatch(page -> page.encoding() == Encoding.DELTA_LENGTH_BYTE_ARRAY);
        }
        assertThat(DuckDb.firstDifference(source, target)).isEmpty();
    }

    /** Values without repetition and without common beginnings, for which lengths apart from bytes are smallest. */
    private static void write(Path to) throws IOException {
        Random random = new Random(1);
        SimpleGroupFactory rows = new SimpleGroupFactory(SCHEMA);
        try (ParquetWriter<Group> writer = ExampleParquetWriter.builder(new LocalOutputFile(to))
                .withType(SCHEMA)
                .withDictionaryEncoding(false)
                .withRowGroupSize(8_000L)
                .withMinRowCountForPageSizeCheck(100)
                .withMaxRowCountForPageSizeCheck(100)
                .build()) {
            for (int row = 0; row < ROWS; row++) {
                byte[] value = new byte[4];
                random.nextBytes(value);
                value[0] &= 7;
                writer.write(rows.newGroup()
                        .append("decimal", Binary.fromConstantByteArray(value))
                        .append("text", Binary.fromConstantByteArray(value)));
            }
        }
        assertThat(Files.size(to)).isPositive();
    }
}
