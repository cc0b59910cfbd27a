package io.glulam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.glulam.error.CorruptFile;
import io.glulam.error.GlulamException;
import io.glulam.format.LogicalType;
import io.glulam.format.PhysicalType;
import io.glulam.inputs.InputFilter;
import io.glulam.inputs.InputFinder;
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
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Workers read small inputs several at once: what comes out, or is refused, is as with one worker. */
@Tag("once")
class SmallInputsTest {
    private static final MessageType SCHEMA = MessageTypeParser.parseMessageType(
            "message m { required int64 id; optional binary name (STRING); required group tags (LIST) { repeated group"
                    + " list { required binary element (STRING); } } }");

    /** The price is missing in those of {@link #SCHEMA}. */
    private static final MessageType OTHER =
            MessageTypeParser.parseMessageType("message m { required double price; required int64 id; }");

    /** The number of the input that is not small. */
    private static final int LARGE = 40;

    @TempDir
    Path folder;

    private Path file(String name, MessageType schema, int rowGroups, int rows) throws IOException {
        Path file = folder.resolve(name);
        Random random = new Random(name.hashCode());
        try (GroupFileWriter writer = GroupFileWriter.create(file, schema, Map.of(), false)) {
            for (int rowGroup = 0; rowGroup < rowGroups; rowGroup++) {
                List<Group> written = new ArrayList<>();
                for (int i = 0; i < rows; i++) {
                    written.add(row(schema, random));
                }
                writer.writeRowGroup(WriterSettings.defaults(), written.iterator(), rows);
            }
        }
        return file;
    }

    private static Group row(MessageType schema, Random random) {
        Group row = new SimpleGroup(schema);
        row.add("id", random.nextLong());
        if (schema.equals(OTHER)) {
            row.add("price", random.nextDouble());
            return row;
        }
        if (random.nextInt(3) > 0) {
            row.add("name", "name " + random.nextInt(17));
        }
        Group tags = row.addGroup("tags");
        for (int i = random.nextInt(3); i > 0; i--) {
            tags.addGroup("list").add("element", "tag " + random.nextInt(5));
        }
        return row;
    }

    /** Small ones of two schemas, of one row group and of two, and one that is not small among them. */
    private List<ShapedInput> inputs(int count) throws IOException {
        List<ShapedInput> inputs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            MessageType schema = i % 11 == 5 ? OTHER : SCHEMA;
            int rows = i == LARGE ? 140_000 : 60;
            Path file = file("small-" + i, schema, i % 7 == 3 ? 2 : 1, rows);
            ShapedInput input = ShapedInput.of(LocalStore.object(file)).withMade("made", MadeColumn.ascending(70 * i));
            inputs.add(i % 13 == 6 ? input.withDeleted(DeletedRows.range(10, 25)) : input);
        }
        return inputs;
    }

    private static TargetShape shape() {
        return TargetShape.byName(List.of(
                TargetField.leaf("id", PhysicalType.INT64),
                TargetField.leaf("name", PhysicalType.BYTE_ARRAY).as(LogicalType.string()),
                TargetField.leaf("price", PhysicalType.DOUBLE),
                TargetField.list(
                        "tags",
                        TargetField.leaf("element", PhysicalType.BYTE_ARRAY).as(LogicalType.string())),
                TargetField.leaf("made", PhysicalType.INT64)));
    }

    private ShapedReport merge(int threads, List<ShapedInput> inputs) {
        return new ShapedMerger(
                        CompactionOptions.defaults().withThreads(threads).withBufferBytes(16 << 20))
                .write(new ShapedMerge(inputs, shape(), LocalStore.object(merged(threads))));
    }

    private Path merged(int threads) {
        return folder.resolve("merged-by-" + threads + ".parquet");
    }

    @Test
    void theBytesAreThoseOfOneWorker() throws IOException {
        List<ShapedInput> inputs = inputs(110);
        assertThat(Files.size(folder.resolve("small-" + LARGE))).isGreaterThan(1 << 20);

        ShapedReport one = merge(1, inputs);
        ShapedReport four = merge(4, inputs);

        assertThat(merged(4)).hasSameBinaryContentAs(merged(1));
        assertThat(four.rows()).isEqualTo(one.rows());
        assertThat(four.deletedRows()).isEqualTo(one.deletedRows());
        assertThat(four.dropped()).isEqualTo(one.dropped());
    }

    @Test
    void ofTwoDamagedInputsTheFirstIsNamed() throws IOException {
        List<ShapedInput> inputs = inputs(LARGE);
        damage(folder.resolve("small-20"));
        damage(folder.resolve("small-21"));

        GlulamException one = catchThrowableOfType(CorruptFile.class, () -> merge(1, inputs));
        GlulamException four = catchThrowableOfType(CorruptFile.class, () -> merge(4, inputs));

        assertThat(four).hasMessage(one.getMessage()).hasMessageContaining("small-20");
        assertThat(four.place()).isEqualTo(one.place());
        assertThat(merged(4)).doesNotExist();
    }

    /** Damages a page of the tags, which get other levels. */
    private static void damage(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        try (ParquetFile parquet = ParquetFile.open(file)) {
            long page = parquet.metaData()
                    .getRow_groups()
                    .get(0)
                    .getColumns()
                    .get(2)
                    .getMeta_data()
                    .getData_page_offset();
            bytes[(int) page] = 0x7f; // No field of a page header has this type.
        }
        Files.write(file, bytes);
    }

    @Test
    void aMergeOfManySmallFilesHasTheBytesOfOneWorker() throws IOException {
        Path files = Files.createDirectory(folder.resolve("many"));
        for (int i = 0; i < 120; i++) {
            file("many/small-" + i + ".parquet", SCHEMA, 1 + i % 2, 40);
        }
        InputFinder finder = new InputFinder(InputFilter.ALL, TableFormats::folderOf);
        finder.add(files.toString());
        for (int threads : new int[] {1, 3}) {
            CompactionOptions options =
                    CompactionOptions.defaults().withThreads(threads).withBufferBytes(16 << 20);
            new Merger(MergeOptions.defaults().withCompaction(options))
                    .merge(finder.found(), (group, index) -> LocalStore.object(merged(threads)));
        }

        assertThat(merged(3)).hasSameBinaryContentAs(merged(1));
    }
}
