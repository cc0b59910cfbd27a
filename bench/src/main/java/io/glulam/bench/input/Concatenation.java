package io.glulam.bench.input;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.schema.MessageType;

/** Files of one schema put behind one another, row group by row group, by parquet-java. */
final class Concatenation {
    private Concatenation() {}

    static void write(List<Path> parts, Path output) throws IOException {
        MessageType schema;
        try (ParquetFileReader footer = ParquetFileReader.open(new LocalInputFile(parts.get(0)))) {
            schema = footer.getFileMetaData().getSchema();
        }
        Files.deleteIfExists(output);
        try (ParquetFileWriter writer = new ParquetFileWriter(
                new LocalOutputFile(output),
                schema,
                ParquetFileWriter.Mode.CREATE,
                ParquetWriter.DEFAULT_BLOCK_SIZE,
                ParquetWriter.MAX_PADDING_SIZE_DEFAULT)) {
            writer.start();
            for (Path part : parts) {
                writer.appendFile(new LocalInputFile(part));
            }
            writer.end(Map.of());
        }
    }
}
