package io.glulam.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glulam.decode.OpenedFile;
import io.glulam.error.CorruptFile;
import io.glulam.footer.Footer;
import io.glulam.format.Encoding;
import io.glulam.page.PageStream;
import io.glulam.testkit.bytes.MiscountedRows;
import io.glulam.testkit.bytes.MiscountedRows.Fault;
import io.glulam.testkit.bytes.MiscountedRows.Telling;
import io.glulam.testkit.generate.FileRecipe;
import io.glulam.testkit.generate.Fragment;
import io.glulam.testkit.generate.ParquetJavaFiles;
import io.glulam.testkit.generate.Seeds;
import io.glulam.testkit.generate.ValueShape;
import io.glulam.testkit.generate.WriterSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class FileComparerTest {
    private static final WriterSettings PLAIN = WriterSettings.defaults()
            .withCodec(CompressionCodecName.UNCOMPRESSED)
            .without(WriterSettings.Feature.DICTIONARY)
            .without(WriterSettings.Feature.CHECKSUMS);

    @TempDir
    private Path folder;

    static LongStream seeds() {
        return Seeds.stream();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theSameRowsInOtherFragmentsPagesEncodingsAndCodecsAreEqual(long seed) throws IOException {
        FileRecipe recipe = FileRecipe.any(seed);
        Random random = new Random(seed);
        List<Fragment> others = new ArrayList<>();
        for (long left = recipe.rows();
                left > 0;
                left -= others.get(others.size() - 1).rows()) {
            int rows = 1 + random.nextInt((int) Math.min(left, 900));
            others.add(new Fragment(rows, WriterSettings.any(random)));
        }
        write("a", recipe);
        write("b", recipe.withFragments(others));
        assertThat(difference(3)).as(recipe.toString()).isEmpty();
    }

    @Test
    void oneBitOfOneValueIsFoundByColumnAndRow() throws IOException {
        FileRecipe recipe = doubles(7, 1000).withShape(ValueShape.SPECIAL);
        write("a", recipe);
        Path b = write("b", recipe);
        flipBitOfValue(b, 2, 1, 123);
        assertThat(difference(2)).hasValueSatisfying(found -> {
            assertThat(found.column()).isEqualTo("z");
            assertThat(found.row()).isEqualTo(500 + 123);
            assertThat(found.left()).isNotEqualTo(found.right()).contains("0x");
        });
    }

    @Test
    void theDifferenceFoundIsTheFirstOneOfTheFirstColumnWhateverTheThreads() throws IOException {
        FileRecipe recipe = doubles(8, 5000);
        write("a", recipe);
        Path b = write("b", recipe);
        flipBitOfValue(b, 2, 0, 0);
        flipBitOfValue(b, 1, 1, 2400);
        flipBitOfValue(b, 1, 1, 2200);
        for (int threads = 1; threads <= 3; threads++) {
            assertThat(difference(threads)).hasValueSatisfying(found -> {
                assertThat(found.column()).isEqualTo("y");
                assertThat(found.row()).isEqualTo(2500 + 2200);
            });
        }
    }

    @Test
    void aNullIsNotItsNeighbour() throws IOException {
        var schema = MessageTypeParser.parseMessageType("message rows { optional group a { optional int32 b; } }");
        write("a", FileRecipe.of(1, schema));
        FileRecipe nulls = FileRecipe.of(2, schema).withShape(ValueShape.ALL_NULL);
        write("b", withMetadata(nulls, Map.of("generated", "seed 1")));
        assertThat(difference(1))
                .hasValueSatisfying(found -> assertThat(found.toString())
                        .startsWith("column a.b, row ")
                        .contains("null at definition level"));
    }

    @Test
    void schemasDifferInNamesTypesRepetitionLogicalTypesAndFieldIds() throws IOException {
        write("a", recipe("required int32 x (DATE) = 3;"));
        for (String other : List.of(
                "required int32 y (DATE) = 3;",
                "required int64 x = 3;",
                "optional int32 x (DATE) = 3;",
                "required int32 x (INTEGER(16,true)) = 3;",
                "required int32 x (DATE) = 4;",
                "required int32 x (DATE);",
                "required int32 x (DATE) = 3; required int32 z;")) {
            write("b", recipe(other));
            assertThat(difference(1))
                    .as(other)
                    .hasValueSatisfying(found -> assertThat(found.toString()).contains("schema element"));
        }
    }

    @Test
    void keyValueMetadataIsComparedWhateverItsOrder() throws IOException {
        FileRecipe recipe = recipe("required int32 x;");
        write("a", withMetadata(recipe, Map.of("k", "v", "l", "w")));
        write("b", withMetadata(recipe, Map.of("l", "w", "k", "v")));
        assertThat(difference(1)).isEmpty();
        write("b", withMetadata(recipe, Map.of("k", "v", "l", "x")));
        assertThat(difference(1))
                .hasValueSatisfying(found -> assertThat(found.toString())
                        .isEqualTo("key-value metadata l \"w\" ≠ key-value metadata l \"x\""));
    }

    @Test
    void aLongerFileDiffers() throws IOException {
        FileRecipe recipe = recipe("required int32 x;");
        write("a", recipe.withRows(10, 10));
        write("b", recipe.withRows(10, 11));
        assertThat(difference(1)).contains(new Difference(null, -1, "20 rows", "21 rows"));
    }

    @Test
    void aPageThatCannotBeDecodedIsNamed() throws IOException {
        FileRecipe recipe = recipe("optional binary x;").withRows(50, 50).withSettings(settings -> PLAIN);
        write("a", recipe);
        Path b = write("b", recipe);
        byte[] bytes = Files.readAllBytes(b);
        try (OpenedFile file = OpenedFile.open(b)) {
            PageStream.Page page = file.pages(1, 0).next();
            // The length of the definition levels.
            bytes[(int) (page.position() + headerLength(bytes, page)) + 3] = 0x7f;
        }
        Files.write(b, bytes);
        assertThatThrownBy(() -> difference(1))
                .isInstanceOf(CorruptFile.class)
                .hasMessageContaining("b.parquet")
                .hasMessageContaining("row group 1")
                .hasMessageContaining("column x");
    }

    @ParameterizedTest
    @EnumSource
    void rowsThatAreNotThoseOfTheirRowGroupsAreCorruptOnBothSides(Fault fault) throws IOException {
        byte[] file = MiscountedRows.with(fault, Telling.LEVELS_ONLY, Seeds.base(), 24, chunk -> {})
                .bytes();
        Files.write(folder.resolve("a.parquet"), file);
        Files.write(folder.resolve("b.parquet"), file);
        assertThatThrownBy(() -> difference(1)).isInstanceOf(CorruptFile.class);
    }

    private static FileRecipe recipe(String fields) {
        return FileRecipe.of(5, MessageTypeParser.parseMessageType("message rows { " + fields + " }"));
    }

    private static FileRecipe withMetadata(FileRecipe recipe, Map<String, String> metadata) {
        return new FileRecipe(recipe.seed(), recipe.schema(), recipe.shapes(), recipe.fragments(), metadata);
    }

    private static FileRecipe doubles(long seed, int rows) {
        var schema = MessageTypeParser.parseMessageType(
                "message rows { required double x; required double y; required double z; }");
        Fragment half = new Fragment(rows / 2, PLAIN);
        return FileRecipe.of(seed, schema).withFragments(List.of(half, half));
    }

    private Path write(String name, FileRecipe recipe) throws IOException {
        Path file = folder.resolve(name + ".parquet");
        Files.deleteIfExists(file);
        ParquetJavaFiles.write(recipe, file);
        return file;
    }

    private Optional<Difference> difference(int threads) {
        try (OpenedFile a = OpenedFile.open(folder.resolve("a.parquet"));
                OpenedFile b = OpenedFile.open(folder.resolve("b.parquet"))) {
            return new FileComparer(threads).firstDifference(new Side("a.parquet", a), new Side("b.parquet", b));
        }
    }

    /** Flips the lowest bit of a value of eight bytes in the first page of an uncompressed PLAIN chunk. */
    private static void flipBitOfValue(Path path, int leaf, int rowGroup, int index) throws IOException {
        byte[] bytes = Files.readAllBytes(path);
        try (OpenedFile file = OpenedFile.open(path)) {
            PageStream.Page page = file.pages(rowGroup, leaf).next();
            assertThat(page.header().encoding()).isEqualTo(Encoding.PLAIN.value());
            assertThat(page.header().valueCount()).isGreaterThan(index);
            bytes[(int) page.position() + headerLength(bytes, page) + 8 * index] ^= 1;
        }
        Files.write(path, bytes);
    }

    private static int headerLength(byte[] file, PageStream.Page page) {
        byte[] body = java.util.Arrays.copyOfRange(page.body(), page.from(), page.from() + Math.min(page.length(), 8));
        int start = (int) page.position();
        int at = start;
        while (!java.util.Arrays.equals(file, at, at + body.length, body, 0, body.length)) {
            at++;
        }
        return at - start;
    }

    private record Side(String name, OpenedFile file) implements ComparedFile {
        @Override
        public Footer footer() {
            return file.footer();
        }

        @Override
        public PageStream pages(int rowGroup, int leaf) {
            return file.pages(rowGroup, leaf);
        }
    }
}
