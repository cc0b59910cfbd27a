package io.glulam.tables.iceberg;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;

/** Files without field ids, as writers make them that know nothing of Iceberg. */
final class PlainFiles {
    private static final MessageType SCHEMA = MessageTypeParser.parseMessageType("message schema {\n"
            + "  required int64 id;\n"
            + "  optional binary name (STRING);\n"
            + "  optional double price;\n"
            + "}");

    private PlainFiles() {}

    static void write(Path file, long first, int rows) throws IOException {
        Files.createDirectories(file.getParent());
        SimpleGroupFactory groups = new SimpleGroupFactory(SCHEMA);
        try (ParquetWriter<Group> writer = ExampleParquetWriter.builder(new LocalOutputFile(file))
                .withType(SCHEMA)
                .build()) {
            for (int i = 0; i < rows; i++) {
                Group group = groups.newGroup().append("id", first + i);
                if (i % 3 != 0) {
                    group.append("name", "n" + i);
                }
                writer.write(group);
            }
        }
    }
}
