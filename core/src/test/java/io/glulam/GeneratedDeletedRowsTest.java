package io.glulam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glulam.error.Unsupported;
import io.glulam.format.PhysicalType;
import io.glulam.local.LocalStore;
import io.glulam.plan.OutputGroup;
import io.glulam.plan.Plan;
import io.glulam.plan.Settings;
import io.glulam.plan.Verify;
import io.glulam.shape.DeletedRows;
import io.glulam.shape.MadeColumn;
import io.glulam.shape.ShapedInput;
import io.glulam.shape.TargetField;
import io.glulam.shape.TargetShape;
import io.glulam.testkit.audit.Auditor;
import io.glulam.testkit.audit.Origin;
import io.glulam.testkit.bytes.NastyFile;
import io.glulam.testkit.bytes.NastyFiles;
import io.glulam.testkit.generate.FileRecipe;
import io.glulam.testkit.generate.SchemaVariants;
import io.glulam.testkit.generate.Seeds;
import io.glulam.testkit.lint.Finding;
import io.glulam.testkit.lint.Linter;
import io.glulam.testkit.read.LeafColumn;
import io.glulam.testkit.read.ParquetFile;
import io.glulam.testkit.read.Triplets;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever files look like and whichever of their rows are deleted, the file made of them holds the others. */
@Tag("once")
class GeneratedDeletedRowsTest {
    private static final TargetField ROW_ID = TargetField.leaf("_row_id", PhysicalType.INT64);

    @TempDir
    Path folder;

    static LongStream seeds() {
        return Seeds.stream(12);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theOtherRowsKeepTheirValuesAndTheirNumbers(long seed) throws IOException {
        FileRecipe recipe = FileRecipe.any(seed);
        Path whole = folder.resolve("whole.parquet");
        prove(whole, SchemaVariants.write(recipe, whole, folder), seed, recipe);
    }

    static Stream<NastyFile> nastyFiles() {
        return Stream.concat(
                NastyFiles.all(Seeds.base()).stream(), Seeds.stream(10).mapToObj(NastyFiles::random));
    }

    @ParameterizedTest
    @MethodSource("nastyFiles")
    void soDoThoseOfFilesThatNoLibraryWrites(NastyFile file) throws IOException {
        Path whole = file.write(folder);
        prove(whole, List.of(whole), file.name().hashCode(), file);
    }

    @Test
    void pagesThatNeedOthersAreRefused() {
        NastyFile file = NastyFiles.named("delta-and-streams-v1", 1);
        file.script().createdBy("parquet-mr version 1.7.0 (build 0fda28af84b9746396014ad6a415b90592a98b3b)");
        Path whole = file.write(folder);

        ShapedInput input = ShapedInput.of(LocalStore.object(whole)).withDeleted(DeletedRows.of(0));
        TargetShape shape = TargetShape.byName(fields(whole));

        assertThatThrownBy(() -> merge(Settings.defaults(), shape, List.of(input)))
                .isInstanceOf(Unsupported.class)
                .hasMessageContaining("whose values cannot be read without other pages");
    }

    private void prove(Path whole, List<Path> pieces, long seed, Object description) throws IOException {
        Random random = new Random(Seeds.derive(seed, "deleted"));
        List<TargetField> fields = new ArrayList<>(fields(whole));
        fields.add(ROW_ID);
        List<ShapedInput> inputs = new ArrayList<>();
        List<String> ids = new ArrayList<>();
        BitSet gone = new BitSet();
        int before = 0;
        for (Path piece : pieces) {
            long first = random.nextInt(1_000_000);
            int rows = (int) rows(piece);
            BitSet deleted = anyRows(random, piece, rows);
            for (int row = 0; row < rows; row++) {
                if (deleted.get(row)) {
                    gone.set(before + row);
                } else {
                    ids.add("0/1/" + hex(first + row));
                }
            }
            before += rows;
            inputs.add(ShapedInput.of(LocalStore.object(piece))
                    .withMade("_row_id", MadeColumn.ascending(first))
                    .withDeleted(DeletedRows.of(deleted)));
        }
        for (Settings any : GeneratedMergeTest.settings(whole, seed)) {
            Settings settings = random.nextBoolean() ? any.withVerify(Verify.VALUES) : any;
            try {
                ShapedReport report = merge(settings, TargetShape.byName(fields), inputs);
                Path merged = merged();
                assertOtherValues(whole, gone, merged);
                try (ParquetFile file = ParquetFile.open(merged)) {
                    assertThat(values(file, file.leaves().get(file.leaves().size() - 1), new BitSet()))
                            .isEqualTo(ids);
                }
                assertNothingWrong(pieces, merged, report.compaction().plan());
                Files.delete(merged);
            } catch (Unsupported refused) {
                assertThat(refused).as("%s", description).hasMessageContaining("a codec that is not written");
                assertThat(description.toString()).contains("lzo");
            } catch (AssertionError | RuntimeException failure) {
                throw new AssertionError(description + " with " + settings + ": " + failure.getMessage(), failure);
            }
        }
    }

    private static List<TargetField> fields(Path file) {
        try (ParquetFile opened = ParquetFile.open(file)) {
            return TargetFields.of(opened.metaData().getSchema());
        }
    }

    private static BitSet anyRows(Random random, Path piece, int rows) {
        BitSet deleted = new BitSet();
        switch (random.nextInt(6)) {
            case 0 -> {}
            case 1 -> scatter(random, deleted, rows, 2);
            case 2 -> scatter(random, deleted, rows, 50);
            case 3 -> {
                int from = random.nextInt(rows + 1);
                deleted.set(from, from + random.nextInt(rows - from + 1));
            }
            case 4 -> {
                try (ParquetFile file = ParquetFile.open(piece)) {
                    int group = random.nextInt(Math.max(1, file.rowGroups()));
                    int from = 0;
                    for (int i = 0; i < file.rowGroups(); i++) {
                        int size = (int) file.metaData().getRow_groups().get(i).getNum_rows();
                        if (i == group) {
                            deleted.set(from, from + size);
                        }
                        from += size;
                    }
                }
            }
            default -> deleted.set(0, Math.max(0, rows - random.nextInt(3)));
        }
        return deleted;
    }

    private static void scatter(Random random, BitSet deleted, int rows, int one) {
        for (int row = 0; row < rows; row++) {
            deleted.set(row, random.nextInt(one) == 0);
        }
    }

    private Path merged() {
        return folder.resolve("merged.parquet");
    }

    private ShapedReport merge(Settings settings, TargetShape shape, List<ShapedInput> inputs) {
        CompactionOptions options =
                CompactionOptions.defaults().withSettings(settings).withBufferBytes(16L << 20);
        ShapedReport report =
                new ShapedMerger(options).write(new ShapedMerge(inputs, shape, LocalStore.object(merged())));
        assertThat(report.rows() + report.deletedRows())
                .isEqualTo(report.inputRows().stream().mapToLong(rows -> rows).sum());
        return report;
    }

    private static long rows(Path file) {
        try (ParquetFile parquet = ParquetFile.open(file)) {
            return parquet.metaData().getNum_rows();
        }
    }

    /** Every column that the merged file has of the other has the same levels and values, without those of rows that are gone. */
    private static void assertOtherValues(Path whole, BitSet gone, Path merged) {
        try (ParquetFile before = ParquetFile.open(whole);
                ParquetFile after = ParquetFile.open(merged)) {
            Map<List<String>, LeafColumn> known = new HashMap<>();
            before.leaves().forEach(leaf -> known.put(leaf.path(), leaf));
            for (LeafColumn leaf : after.leaves()) {
                LeafColumn same = known.get(leaf.path());
                if (same != null) {
                    assertThat(values(after, leaf, new BitSet()))
                            .as(leaf.dottedPath())
                            .isEqualTo(values(before, same, gone));
                }
            }
        }
    }

    /** Levels and values of a column, whatever its row groups and pages, without those of some rows. */
    private static List<String> values(ParquetFile file, LeafColumn leaf, BitSet gone) {
        List<String> all = new ArrayList<>();
        int row = -1;
        for (int i = 0; i < file.rowGroups(); i++) {
            Triplets triplets = file.triplets(i, leaf.index());
            int value = 0;
            for (int k = 0; k < triplets.count(); k++) {
                row += triplets.repetitionLevels()[k] == 0 ? 1 : 0;
                boolean present = triplets.definitionLevels()[k] == leaf.maxDefinitionLevel();
                String text = triplets.repetitionLevels()[k] + "/" + triplets.definitionLevels()[k]
                        + (present
                                ? "/"
                                        + HexFormat.of()
                                                .formatHex(triplets.values().get(value++))
                                : "");
                if (!gone.get(row)) {
                    all.add(text);
                }
            }
        }
        return all;
    }

    private static String hex(long number) {
        return HexFormat.of()
                .formatHex(ByteBuffer.allocate(Long.BYTES)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(number)
                        .array());
    }

    /** Statistics and indexes of the output are true of its values, where those of the sources were. */
    private static void assertNothingWrong(List<Path> sources, Path merged, Plan plan) {
        Set<String> known = new HashSet<>();
        sources.forEach(source -> errors(source).forEach(finding -> known.add(kind(finding))));
        assertThat(errors(merged).stream().filter(finding -> !isKept(plan, finding) && !known.contains(kind(finding))))
                .as("findings")
                .isEmpty();
    }

    /** Row groups that are kept state what they stated. */
    private static boolean isKept(Plan plan, Finding finding) {
        return finding.rowGroup() >= 0 && plan.groups().get(finding.rowGroup()) instanceof OutputGroup.KeptGroup;
    }

    private static List<Finding> errors(Path file) {
        List<Origin> itself;
        try (ParquetFile opened = ParquetFile.open(file)) {
            itself = IntStream.range(0, opened.rowGroups())
                    .mapToObj(group -> new Origin(false, new int[] {group}))
                    .toList();
        }
        List<Finding> all = new ArrayList<>(Linter.errors(file));
        all.addAll(Auditor.errors(file, file, itself));
        return all;
    }

    /** What a finding says, without the numbers: columns lie elsewhere in the sources. */
    private static String kind(Finding finding) {
        return finding.message().replaceAll("0x[0-9a-f]+|[0-9]+", "#");
    }
}
