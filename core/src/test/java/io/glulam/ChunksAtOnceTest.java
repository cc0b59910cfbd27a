package io.glulam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.glulam.error.CorruptFile;
import io.glulam.error.GlulamException;
import io.glulam.error.Unsupported;
import io.glulam.format.LogicalType;
import io.glulam.format.PhysicalType;
import io.glulam.local.LocalStore;
import io.glulam.shape.DeletedRows;
import io.glulam.shape.MadeColumn;
import io.glulam.shape.ShapedInput;
import io.glulam.shape.TargetField;
import io.glulam.shape.TargetShape;
import io.glulam.testkit.generate.GroupFileWriter;
import io.glulam.testkit.generate.WriterSettings;
import io.glulam.testkit.read.ParquetFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several workers make column chunks of an input at once: what comes out, or is refused, is as with one worker. */
@Tag("once")
class ChunksAtOnceTest {
    private static final int ROWS = 15_000;
    private static final MessageType SCHEMA = MessageTypeParser.parseMessageType(
            "message m { required int64 id; optional binary name (STRING); optional double price; required binary"
                    + " text; }");

    @TempDir
    Path folder;

    /** Two row groups; the texts are long and differ, the names repeat. */
    private Path file(String name, int pageBytes) throws IOException {
        Path file = folder.resolve(name);
        Random random = new Random(name.hashCode());
        WriterSettings settings = WriterSettings.defaults()
                .withCodec(CompressionCodecName.UNCOMPRESSED)
                .withPages(pageBytes, ROWS);
        try (GroupFileWriter writer = GroupFileWriter.create(file, SCHEMA, Map.of(), false)) {
            for (int rowGroup = 0; rowGroup < 2; rowGroup++) {
                List<Group> rows = new ArrayList<>();
                for (int i = 0; i < ROWS; i++) {
                    Group row = new SimpleGroup(SCHEMA);
                    row.add("id", random.nextLong());
                    if (i % 3 > 0) {
                        row.add("name", "name " + i % 17);
                    }
                    if (i % 5 > 0) {
                        row.add("price", random.nextDouble());
                    }
                    row.add("text", (Long.toHexString(random.nextLong()) + "-").repeat(5));
                    rows.add(row);
                }
                writer.writeRowGroup(settings, rows.iterator(), rows.size());
            }
        }
        return file;
    }

    private static TargetShape shape() {
        return TargetShape.byName(List.of(
                TargetField.leaf("text", PhysicalType.BYTE_ARRAY),
                TargetField.leaf("id", PhysicalType.INT64),
                TargetField.leaf("name", PhysicalType.BYTE_ARRAY).as(LogicalType.string()),
                TargetField.leaf("price", PhysicalType.DOUBLE),
                TargetField.leaf("made", PhysicalType.INT64),
                TargetField.leaf("missing", PhysicalType.INT32)));
    }

    private static ShapedInput input(Path file) {
        return ShapedInput.of(LocalStore.object(file))
                .withMade("made", MadeColumn.ascending(70))
                .withDeleted(DeletedRows.range(100, 250));
    }

    private ShapedReport merge(int threads, long bufferBytes, Path... files) {
        List<ShapedInput> inputs =
                List.of(files).stream().map(ChunksAtOnceTest::input).toList();
        return new ShapedMerger(
                        CompactionOptions.defaults().withThreads(threads).withBufferBytes(bufferBytes))
                .write(new ShapedMerge(inputs, shape(), LocalStore.object(merged(threads))));
    }

    private Path merged(int threads) {
        return folder.resolve("merged-by-" + threads + ".parquet");
    }

    @Test
    void theBytesAreThoseOfOneWorker() throws IOException {
        Path[] files = {file("a", 64 << 10), file("b", 16 << 10)};

        ShapedReport one = merge(1, 16 << 20, files);
        ShapedReport three = merge(3, 16 << 20, files);

        assertThat(merged(3)).hasSameBinaryContentAs(merged(1));
        assertThat(three.cutPages()).isEqualTo(one.cutPages());
        assertThat(three.cutPages().cut()).isPositive();
        assertThat(three.deletedRows()).isEqualTo(one.deletedRows());
        assertThat(three.dropped()).isEqualTo(one.dropped());
    }

    /** A page may take a quarter of the memory, and of several at once each a part of that. */
    @Test
    void aPageThatNeedsTheWholeMemoryGetsIt() throws IOException {
        Path file = file("a", 400 << 10);

        merge(1, 4 << 20, file);
        merge(4, 4 << 20, file);

        assertThat(merged(4)).hasSameBinaryContentAs(merged(1));
    }

    @Test
    void aPageThatDoesNotFitTheMemoryIsRefusedInTheSameWords() throws IOException {
        Path file = file("a", 8 << 20);

        Unsupported one = catchThrowableOfType(Unsupported.class, () -> merge(1, 4 << 20, file));
        Unsupported four = catchThrowableOfType(Unsupported.class, () -> merge(4, 4 << 20, file));

        assertThat(four).hasMessage(one.getMessage());
        assertThat(merged(4)).doesNotExist();
    }

    /** The chunks of the id and of the price are damaged: the price is the longer one in the file's order, the id is named. */
    @Test
    void ofTwoDamagedColumnsTheSameOneIsNamed() throws IOException {
        Path file = file("a", 64 << 10);
        damage(file, 0, 2);

        GlulamException one = catchThrowableOfType(CorruptFile.class, () -> merge(1, 16 << 20, file));
        GlulamException three = catchThrowableOfType(CorruptFile.class, () -> merge(3, 16 << 20, file));

        assertThat(three).hasMessage(one.getMessage());
        assertThat(three.place()).isEqualTo(one.place());
        assertThat(merged(3)).doesNotExist();
    }

    private static void damage(Path file, int... columns) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        try (ParquetFile parquet = ParquetFile.open(file)) {
            for (int column : columns) {
                ColumnMetaData chunk = parquet.metaData()
                        .getRow_groups()
                        .get(1)
                        .getColumns()
                        .get(column)
                        .getMeta_data();
                bytes[(int) chunk.getData_page_offset()] = 0x7f; // No field of a page header has this type.
            }
        }
        Files.write(file, bytes);
    }
}
