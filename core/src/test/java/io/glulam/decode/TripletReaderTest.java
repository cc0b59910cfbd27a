package io.glulam.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.format.Leaf;
import io.glulam.testkit.bytes.NastyFile;
import io.glulam.testkit.bytes.NastyFiles;
import io.glulam.testkit.generate.FileRecipe;
import io.glulam.testkit.generate.Generated;
import io.glulam.testkit.generate.ParquetJavaFiles;
import io.glulam.testkit.generate.Seeds;
import io.glulam.testkit.generate.ValueShape;
import io.glulam.testkit.read.ParquetFile;
import io.glulam.testkit.read.Triplets;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("once")
class TripletReaderTest {
    @TempDir
    private Path folder;

    static LongStream seeds() {
        return Seeds.stream();
    }

    static Stream<NastyFile> nastyFiles() {
        return NastyFiles.all(Seeds.base()).stream();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void readsWhatAnIndependentReaderReads(long seed) throws IOException {
        expectSameTriplets(ParquetJavaFiles.write(FileRecipe.any(seed), folder.resolve("any.parquet")));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void readsEdgesOfTheTypesBitByBit(long seed) throws IOException {
        FileRecipe recipe = FileRecipe.any(seed).withShape(ValueShape.SPECIAL);
        expectSameTriplets(ParquetJavaFiles.write(recipe, folder.resolve("special.parquet")));
    }

    @ParameterizedTest
    @MethodSource("nastyFiles")
    void readsLegalPagesThatNoLibraryWrites(NastyFile nasty) {
        expectSameTriplets(nasty.write(folder), nasty);
    }

    private static void expectSameTriplets(Generated generated) {
        expectSameTriplets(generated.file(), generated);
    }

    private static void expectSameTriplets(Path path, Object what) {
        try (OpenedFile file = OpenedFile.open(path);
                ParquetFile oracle = ParquetFile.open(path)) {
            for (int rowGroup = 0; rowGroup < file.footer().rowGroupCount(); rowGroup++) {
                for (Leaf leaf : file.leaves()) {
                    Triplets read = TripletCollector.read(
                            leaf,
                            file.pages(rowGroup, leaf.index()),
                            file.footer().createdBy());
                    assertThat(read.sameAs(oracle.triplets(rowGroup, leaf.index())))
                            .as("%s, row group %d, column %s", what, rowGroup, leaf.name())
                            .isTrue();
                }
            }
        }
    }
}
