package io.glulam;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.format.LogicalType;
import io.glulam.format.PhysicalType;
import io.glulam.local.LocalStore;
import io.glulam.plan.Settings;
import io.glulam.shape.BloomFilterForm;
import io.glulam.shape.MadeColumn;
import io.glulam.shape.ShapedInput;
import io.glulam.shape.TargetField;
import io.glulam.shape.TargetShape;
import io.glulam.testkit.generate.FileRecipe;
import io.glulam.testkit.generate.GroupFileWriter;
import io.glulam.testkit.generate.SchemaVariants;
import io.glulam.testkit.generate.Seeds;
import io.glulam.testkit.generate.WriterSettings;
import io.glulam.testkit.lint.Finding;
import io.glulam.testkit.lint.Linter;
import io.glulam.testkit.read.LeafColumn;
import io.glulam.testkit.read.ParquetFile;
import io.glulam.testkit.read.Triplets;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.apache.parquet.schema.Type;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever files of a table look like, the file made of them holds their values, and those that the table gives. */
@Tag("once")
class GeneratedShapedMergeTest {
    private static final TargetField ROW_ID =
            TargetField.leaf("_row_id", PhysicalType.INT64).withId(2147483540);
    private static final TargetField SEQUENCE =
            TargetField.leaf("_sequence", PhysicalType.INT64).withId(2147483539);
    private static final TargetField TEXT = TargetField.leaf("_text", PhysicalType.BYTE_ARRAY)
            .as(LogicalType.string())
            .withId(2147483538);

    @TempDir
    Path folder;

    static LongStream seeds() {
        return Seeds.stream(12);
    }

    // ------------------------------------------------------------ fields of any schema

    @ParameterizedTest
    @MethodSource("seeds")
    void fieldsAreFoundByIdOrNameWhereverTheyLie(long seed) throws IOException {
        FileRecipe any = FileRecipe.any(seed);
        FileRecipe recipe =
                new FileRecipe(any.seed(), withIds(any.schema()), any.shapes(), any.fragments(), any.metadata());
        Path whole = folder.resolve("whole.parquet");
        List<Path> pieces = SchemaVariants.write(recipe, whole, folder);
        Random random = new Random(Seeds.derive(seed, "shape"));
        List<TargetField> fields = new ArrayList<>();
        try (ParquetFile file = ParquetFile.open(whole)) {
            fields.addAll(TargetFields.of(file.metaData().getSchema()));
        }
        Collections.shuffle(fields, random);
        // What is left out, is left out with all below it.
        while (fields.size() > 1 && random.nextBoolean()) {
            fields.remove(0);
        }
        if (fields.isEmpty()) {
            return;
        }
        fields.addAll(List.of(ROW_ID, SEQUENCE, TEXT));
        for (boolean byIds : new boolean[] {true, false}) {
            TargetShape shape = byIds ? TargetShape.byFieldId(fields) : TargetShape.byName(fields);
            if (random.nextBoolean()) {
                shape = shape.withBloomFilters(bloomFilters(random));
            }
            List<ShapedInput> inputs = new ArrayList<>();
            List<Expected> expected = new ArrayList<>();
            for (Path piece : pieces) {
                long first = random.nextInt(1_000_000);
                inputs.add(ShapedInput.of(LocalStore.object(piece))
                        .withSize(Files.size(piece))
                        .withMade("_row_id", MadeColumn.ascending(first))
                        .withMade("_sequence", MadeColumn.constant(first % 5))
                        .withMade("_text", MadeColumn.constant(text(first % 3))));
                expected.add(new Expected(rows(piece), first));
            }
            for (Settings settings : GeneratedMergeTest.settings(whole, seed)) {
                try {
                    Path merged = merge(settings, shape, inputs);
                    assertSameValues(whole, merged);
                    assertGiven(merged, expected);
                    assertNothingWrong(pieces, merged);
                    Files.delete(merged);
                } catch (AssertionError | RuntimeException failure) {
                    throw new AssertionError(
                            recipe + " with " + settings + ", by ids " + byIds + ": " + failure.getMessage(), failure);
                }
            }
        }
    }

    /** Of some columns, whatever their types; the auditor looks for every value in the filters. */
    private static Map<Integer, BloomFilterForm> bloomFilters(Random random) {
        Map<Integer, BloomFilterForm> filters = new HashMap<>();
        for (int id = 0; id < 100; id++) {
            double rate = List.of(0.001, 0.01, 0.3).get(random.nextInt(3));
            filters.put(id, new BloomFilterForm(rate, 32 << random.nextInt(16)));
        }
        return filters;
    }

    /** What the made columns of a piece hold. */
    private record Expected(long rows, long first) {}

    private static byte[] text(long number) {
        return ("text " + number).repeat((int) number).getBytes(StandardCharsets.UTF_8);
    }

    private static MessageType withIds(MessageType schema) {
        int[] last = {0};
        return new MessageType(schema.getName(), withIds(schema, last));
    }

    private static List<Type> withIds(GroupType group, int[] last) {
        List<Type> fields = new ArrayList<>();
        for (Type field : group.getFields()) {
            int id = ++last[0];
            Type same =
                    field.isPrimitive() ? field : field.asGroupType().withNewFields(withIds(field.asGroupType(), last));
            fields.add(same.withId(id));
        }
        return fields;
    }

    private Path merge(Settings settings, TargetShape shape, List<ShapedInput> inputs) {
        Path merged = folder.resolve("merged.parquet");
        CompactionOptions options =
                CompactionOptions.defaults().withSettings(settings).withBufferBytes(16L << 20);
        ShapedReport report =
                new ShapedMerger(options).write(new ShapedMerge(inputs, shape, LocalStore.object(merged)));
        assertThat(report.rows())
                .isEqualTo(report.inputRows().stream().mapToLong(rows -> rows).sum());
        return merged;
    }

    private static long rows(Path file) {
        try (ParquetFile parquet = ParquetFile.open(file)) {
            return parquet.metaData().getNum_rows();
        }
    }

    /** Every column that the merged file has of the other has the same levels and values, in the same order. */
    private static void assertSameValues(Path whole, Path merged) {
        try (ParquetFile before = ParquetFile.open(whole);
                ParquetFile after = ParquetFile.open(merged)) {
            Map<List<String>, LeafColumn> known = new HashMap<>();
            before.leaves().forEach(leaf -> known.put(leaf.path(), leaf));
            for (LeafColumn leaf : after.leaves()) {
                LeafColumn same = known.get(leaf.path());
                assertThat(same != null || leaf.path().get(0).startsWith("_"))
                        .as(leaf.dottedPath())
                        .isTrue();
                if (same != null) {
                    assertThat(values(after, leaf)).as(leaf.dottedPath()).isEqualTo(values(before, same));
                }
            }
        }
    }

    /** Levels and values of a column, whatever its row groups and pages. */
    private static List<String> values(ParquetFile file, LeafColumn leaf) {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < file.rowGroups(); i++) {
            Triplets triplets = file.triplets(i, leaf.index());
            int value = 0;
            for (int k = 0; k < triplets.count(); k++) {
                boolean present = triplets.definitionLevels()[k] == leaf.maxDefinitionLevel();
                all.add(triplets.repetitionLevels()[k] + "/" + triplets.definitionLevels()[k]
                        + (present ? "/" + hex(triplets.values().get(value++)) : ""));
            }
        }
        return all;
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static String hex(long number) {
        return hex(ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(number)
                .array());
    }

    private static void assertGiven(Path merged, List<Expected> pieces) {
        List<String> ids = new ArrayList<>();
        List<String> sequences = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        for (Expected piece : pieces) {
            for (long row = 0; row < piece.rows(); row++) {
                ids.add("0/1/" + hex(piece.first() + row));
                sequences.add("0/1/" + hex(piece.first() % 5));
                texts.add("0/1/" + hex(text(piece.first() % 3)));
            }
        }
        try (ParquetFile file = ParquetFile.open(merged)) {
            int leaves = file.leaves().size();
            assertThat(values(file, file.leaves().get(leaves - 3))).isEqualTo(ids);
            assertThat(values(file, file.leaves().get(leaves - 2))).isEqualTo(sequences);
            assertThat(values(file, file.leaves().get(leaves - 1))).isEqualTo(texts);
        }
    }

    private static void assertNothingWrong(List<Path> sources, Path merged) {
        Set<String> known = new HashSet<>();
        sources.forEach(source -> Linter.errors(source).forEach(finding -> known.add(kind(finding))));
        assertThat(Linter.errors(merged).stream().filter(finding -> !known.contains(kind(finding))))
                .as("findings")
                .isEmpty();
    }

    /** What a finding says, without the numbers: columns lie elsewhere in the sources. */
    private static String kind(Finding finding) {
        return finding.message().replaceAll("[0-9]+", "#");
    }

    // ------------------------------------------------------------ values in the place of nulls

    /** How a file has a column of row ids. */
    private enum Kind {
        LACKING,
        OPTIONAL_WITH_NULLS,
        OPTIONAL_WITHOUT_NULLS,
        ONLY_NULLS,
        REQUIRED
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void rowIdsAreThoseOfTheFileOrCountedFromTheFirstOne(long seed) throws IOException {
        Random random = new Random(Seeds.derive(seed, "row ids"));
        List<ShapedInput> inputs = new ArrayList<>();
        List<Path> files = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        int count = 2 + random.nextInt(5);
        for (int i = 0; i < count; i++) {
            long first = random.nextLong() >> 8;
            Path file = folder.resolve("part-" + i + ".parquet");
            writeIds(random, file, first, expected);
            files.add(file);
            inputs.add(ShapedInput.of(LocalStore.object(file))
                    .withMade("_row_id", MadeColumn.ascending(first).forNullsToo()));
        }
        TargetShape shape = TargetShape.byName(List.of(ROW_ID, TargetField.leaf("x", PhysicalType.INT32)));
        for (Settings settings : GeneratedMergeTest.settings(files.get(0), seed)) {
            Path merged = merge(settings, shape, inputs);
            try (ParquetFile file = ParquetFile.open(merged)) {
                assertThat(values(file, file.leaves().get(0))).isEqualTo(expected);
            }
            assertNothingWrong(files, merged);
            Files.delete(merged);
        }
    }

    private static void writeIds(Random random, Path file, long first, List<String> expected) throws IOException {
        Kind kind = Kind.values()[random.nextInt(Kind.values().length)];
        String column =
                kind == Kind.LACKING ? "" : (kind == Kind.REQUIRED ? "required" : "optional") + " int64 _row_id;";
        MessageType schema = MessageTypeParser.parseMessageType("message m { required int32 x; " + column + " }");
        WriterSettings settings = WriterSettings.any(random);
        int dictionary = 1 + random.nextInt(1000);
        long row = 0;
        try (GroupFileWriter writer = GroupFileWriter.create(file, schema, Map.of(), false)) {
            for (int group = 0; group < 1 + random.nextInt(4); group++) {
                List<Group> rows = new ArrayList<>();
                int size = 1 + random.nextInt(3000);
                for (int i = 0; i < size; i++, row++) {
                    SimpleGroup values = new SimpleGroup(schema);
                    values.add("x", (int) row);
                    boolean isNull = kind == Kind.LACKING
                            || kind == Kind.ONLY_NULLS
                            || kind == Kind.OPTIONAL_WITH_NULLS && random.nextInt(3) == 0;
                    long own = random.nextInt(dictionary);
                    if (!isNull) {
                        values.add("_row_id", own);
                    }
                    expected.add("0/1/" + hex(isNull ? first + row : own));
                    rows.add(values);
                }
                writer.writeRowGroup(settings, rows.iterator(), size);
            }
        }
    }
}
