package io.glulam.testkit.generate;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Map;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.GroupWriter;
import org.apache.parquet.hadoop.CodecFactory;
import org.apache.parquet.hadoop.ColumnChunkPageWriteStore;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.schema.MessageType;

/**
 * Writes groups with parquet-java, row group by row group: the caller decides where a row group ends, and each may have
 * settings of its own. Uses only what parquet-java 1.17 has too, for Spark's sake. Floating-point values keep all their bits, NaN payloads too (parquet-java from 1.18 on does not
 * canonicalise them). Not thread-safe.
 */
public final class GroupFileWriter implements AutoCloseable {
    private static final long NO_ALIGNMENT = Long.MAX_VALUE;

    private final MessageType schema;
    private final Map<String, String> metadata;
    private final ParquetFileWriter file;
    private final CodecFactory codecs;

    private GroupFileWriter(MessageType schema, Map<String, String> metadata, ParquetFileWriter file) {
        this.schema = schema;
        this.metadata = metadata;
        this.file = file;
        this.codecs = new CodecFactory(new PlainParquetConfiguration(), ParquetProperties.DEFAULT_PAGE_SIZE);
    }

    /**
     * Creates or replaces a file.
     *
     * @param checksums whether dictionary pages carry a CRC; data pages follow the settings of their row group
     */
    public static GroupFileWriter create(Path path, MessageType schema, Map<String, String> metadata, boolean checksums)
            throws IOException {
        ParquetProperties properties = ParquetProperties.builder()
                .withPageWriteChecksumEnabled(checksums)
                .build();
        ParquetFileWriter file = new ParquetFileWriter(
                new LocalOutputFile(path), schema, ParquetFileWriter.Mode.OVERWRITE, NO_ALIGNMENT, 0, null, properties);
        file.start();
        return new GroupFileWriter(schema, metadata, file);
    }

    /** Writes one row group of the next {@code rows} rows. */
    public void writeRowGroup(WriterSettings settings, Iterator<? extends Group> source, long rows) throws IOException {
        ParquetProperties properties = settings.properties(schema, rows);
        try (ColumnChunkPageWriteStore pages = new ColumnChunkPageWriteStore(
                codecs.getCompressor(settings.codec()),
                schema,
                properties.getAllocator(),
                properties.getColumnIndexTruncateLength(),
                settings.has(WriterSettings.Feature.CHECKSUMS))) {
            var columns = properties.newColumnWriteStore(schema, pages, pages);
            var consumer = new ColumnIOFactory().getColumnIO(schema).getRecordWriter(columns);
            GroupWriter writer = new GroupWriter(consumer, schema);
            for (long row = 0; row < rows; row++) {
                writer.write(source.next());
            }
            consumer.flush();
            columns.flush();
            file.startBlock(rows);
            pages.flushToFileWriter(file);
            file.endBlock();
            columns.close();
        }
    }

    /** Writes the footer and closes the file. */
    @Override
    public void close() throws IOException {
        file.end(metadata);
        file.close();
        codecs.release();
    }
}
