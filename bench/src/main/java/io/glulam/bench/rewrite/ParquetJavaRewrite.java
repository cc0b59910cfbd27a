package io.glulam.bench.rewrite;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.schema.MessageType;

/**
 * The contender parquet-java: reads and writes record by record, with its defaults. Arguments: IN OUT CODEC VERSION, as
 * {@link CompressionCodecName} and {@link WriterVersion} name them.
 */
final class ParquetJavaRewrite {
    private ParquetJavaRewrite() {}

    public static void main(String[] arguments) throws IOException {
        LocalInputFile input = new LocalInputFile(Path.of(arguments[0]));
        MessageType schema;
        try (ParquetFileReader footer = ParquetFileReader.open(input)) {
            schema = footer.getFileMetaData().getSchema();
        }
        Configuration configuration = new Configuration();
        try (ParquetReader<Group> reader = reader(input, configuration);
                ParquetWriter<Group> writer = ExampleParquetWriter.builder(new LocalOutputFile(Path.of(arguments[1])))
                        .withConf(configuration)
                        .withType(schema)
                        .withCompressionCodec(CompressionCodecName.valueOf(arguments[2]))
                        .withWriterVersion(WriterVersion.valueOf(arguments[3]))
                        .build()) {
            for (Group row = reader.read(); row != null; row = reader.read()) {
                writer.write(row);
            }
        }
    }

    private static ParquetReader<Group> reader(LocalInputFile input, Configuration configuration) throws IOException {
        return new ParquetReader.Builder<Group>(input) {
            @Override
            protected GroupReadSupport getReadSupport() {
                return new GroupReadSupport();
            }
        }.withConf(configuration).build();
    }
}
