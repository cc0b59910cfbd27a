package io.glulam.testkit.bytes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.glulam.testkit.bytes.NastyFile.Truth;
import io.glulam.testkit.lint.Finding;
import io.glulam.testkit.lint.Linter;
import io.glulam.testkit.read.LeafColumn;
import io.glulam.testkit.read.MalformedFile;
import io.glulam.testkit.read.ParquetFile;
import io.glulam.testkit.read.ParquetJavaTriplets;
import io.glulam.testkit.read.Triplets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("once")
class NastyFilesTest {
    private static final long SEED = 20_260_101;

    private static final Set<String> NOT_FOR_PARQUET_JAVA = Set.of(
            // No codec on the class path.
            "lzo-v1",
            "lzo-v2",
            "lzo-in-pieces",
            "brotli-v1",
            "brotli-v2",
            // It insists on level bytes in pages without values, on a dictionary page even if all is null, on
            // Hadoop's framing, and on true sizes unless an old version of its own wrote the file.
            "empty-pages-v1",
            "empty-pages-v2",
            "empty-pages-with-dictionary",
            "all-null-without-dictionary",
            "raw-lz4-under-lz4",
            "offsets-size-without-header");

    @TempDir
    private Path folder;

    static Stream<NastyFile> files() {
        Stream<NastyFile> random = LongStream.range(0, 60).mapToObj(NastyFiles::random);
        return Stream.concat(NastyFiles.all(SEED).stream(), random);
    }

    @ParameterizedTest
    @MethodSource("files")
    void holdTheTripletsOfTheirScript(NastyFile nasty) {
        try (ParquetFile file = ParquetFile.open(nasty.write(folder))) {
            assertThat(file.rowGroups()).isEqualTo(nasty.script().rowGroups().size());
            for (int group = 0; group < file.rowGroups(); group++) {
                for (LeafColumn leaf : file.leaves()) {
                    assertThat(read(file, group, leaf).sameAs(nasty.script().expected(group, leaf.index())))
                            .as("row group %d, column %s", group, leaf.dottedPath())
                            .isTrue();
                }
            }
        }
    }

    private static Triplets read(ParquetFile file, int group, LeafColumn leaf) {
        try {
            return file.triplets(group, leaf.index());
        } catch (MalformedFile e) {
            throw new AssertionError("row group " + group + ", column " + leaf.dottedPath(), e);
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void makeNoFalseClaimIfTheyAreLegal(NastyFile nasty) {
        List<Finding> errors = Linter.errors(nasty.write(folder));
        if (nasty.truth() == Truth.LEGAL) {
            assertThat(errors).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void holdTheSameForParquetJavaWhereItReadsThem(NastyFile nasty) throws Exception {
        assumeFalse(NOT_FOR_PARQUET_JAVA.contains(nasty.name()));
        try (ParquetJavaTriplets theirs = new ParquetJavaTriplets(nasty.write(folder))) {
            for (int group = 0; group < nasty.script().rowGroups().size(); group++) {
                // parquet-java skips row groups without rows.
                if (nasty.script().rowGroups().get(group).rows() == 0) {
                    continue;
                }
                assertThat(theirs.nextRowGroup()).isTrue();
                for (LeafColumn leaf : nasty.script().leaves()) {
                    assertThat(theirs.column(leaf.index()).sameAs(nasty.script().expected(group, leaf.index())))
                            .as("row group %d, column %s", group, leaf.dottedPath())
                            .isTrue();
                }
            }
            assertThat(theirs.nextRowGroup()).isFalse();
        }
    }

    @Test
    void areTheSameEveryTime() {
        assertThat(NastyFiles.random(5).script().bytes())
                .isEqualTo(NastyFiles.random(5).script().bytes());
        assertThat(NastyFiles.all(SEED)).extracting(NastyFile::name).doesNotHaveDuplicates();
    }
}
